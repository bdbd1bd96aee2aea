namespace Endpoints.Validation;

/// <summary>
/// Represents a form that is read into an object. Its fields are named as the client sent them; fields that it did not send, as they would
/// be in JSON.
/// </summary>
internal sealed class FormErrorKey(Type type, string parameter) : ErrorKey
{
    public override string NameOf(string path, object value, ClientNames names)
    {
        var name = names.InJson(type, value, path);
        return names.AsSent(name) ?? names.AsSent($"{parameter}.{name}") ?? name;
    }
}
