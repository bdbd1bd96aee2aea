namespace Endpoints.Shared.Naming;

/// <summary>Recognizes tokens as defined by RFC 9110, the form of an HTTP method.</summary>
internal static class HttpToken
{
    private const string Marks = "!#$%&'*+-.^_`|~";

    /// <summary>Determines whether a text consists of one or more ASCII letters, digits and marks.</summary>
    public static bool IsValid(string text) => text.Length > 0 && text.All(static c =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' || Marks.Contains(c));
}
