namespace Endpoints.Validation;

/// <summary>Represents a route value, a query parameter, a header or a form field: one text, or several with the same name.</summary>
internal sealed class TextErrorKey(string name, bool isNameGiven) : ErrorKey
{
    public string Name => name;

    /// <remarks>
    /// To the client, a text has no parts, regardless of the type it is converted to. Of several texts, the name includes which.
    /// </remarks>
    public override string NameOf(string path, object value, ClientNames names)
    {
        var index = path.StartsWith('[') ? path[..(path.IndexOf(']', StringComparison.Ordinal) + 1)] : "";
        return (isNameGiven ? name : names.AsSent(name) ?? names.InQuery(name)) + index;
    }
}
