namespace Endpoints.Validation;

/// <summary>A route value, a query parameter, a header or a form field: one text, or several with one name.</summary>
internal sealed class TextErrorKey(string name, bool isNameGiven) : ErrorKey
{
    public string Name => name;

    /// <remarks>To the client a text has no parts, whatever was made of it. Of several, it is told which.</remarks>
    public override string NameOf(string path, object value, ClientNames names)
    {
        var index = path.StartsWith('[') ? path[..(path.IndexOf(']', StringComparison.Ordinal) + 1)] : "";
        return (isNameGiven ? name : names.AsSent(name) ?? names.InQuery(name)) + index;
    }
}
