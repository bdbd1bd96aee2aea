namespace Endpoints.Shared.Naming;

/// <summary>What RFC 9110 calls a token: the form of an HTTP method.</summary>
internal static class HttpToken
{
    private const string Marks = "!#$%&'*+-.^_`|~";

    /// <summary>Whether text is one or more ASCII letters, digits and marks.</summary>
    public static bool IsValid(string text) => text.Length > 0 && text.All(static c =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' || Marks.Contains(c));
}
