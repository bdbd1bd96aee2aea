namespace Endpoints.Wix.Sessions.Tests;

/// <summary>The slow, obvious version of where a browser goes: the parts of the WHATWG address parser that find the host.</summary>
internal static class BrowserAddress
{
    public static bool StaysOnSite(string address)
    {
        var text = new string([.. address.Where(static character => character is not ('\t' or '\n' or '\r'))])
            .Trim([.. Enumerable.Range(0, 0x21).Select(static code => (char)code)]);

        // A scheme: letters, digits and + - . up to a colon, before anything else.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && char.IsAsciiLetter(text[0])
            && text[..colon].All(static character => char.IsAsciiLetterOrDigit(character) || character is '+' or '-' or '.'))
            return false;

        // Two slashes of either kind begin a host.
        return text.Length == 0 || !(IsSlash(text[0]) && text.Length > 1 && IsSlash(text[1]));
    }

    private static bool IsSlash(char character) => character is '/' or '\\';
}
