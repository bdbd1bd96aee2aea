namespace Endpoints.Validation;

/// <summary>Represents the body. Its parts are named as in JSON (<c>items[2].price</c>), and it has no name itself.</summary>
internal sealed class BodyErrorKey(Type type) : ErrorKey
{
    public override string NameOf(string path, object value, ClientNames names) => names.InJson(type, value, path);
}
