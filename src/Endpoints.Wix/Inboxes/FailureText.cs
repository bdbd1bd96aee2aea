using System.Text;
using System.Text.RegularExpressions;

namespace Endpoints.Wix.Inboxes;

/// <summary>Writes the error of a handler for the list of failed events, without what looks like a secret.</summary>
internal static partial class FailureText
{
    private const int Causes = 5;

    /// <summary>Returns the types and messages of an exception and its causes.</summary>
    public static string Of(Exception failure)
    {
        var text = new StringBuilder();
        var cause = failure;
        for (var i = 0; i < Causes && cause is not null; i++, cause = cause.InnerException)
        {
            if (i > 0)
                text.Append("\ncaused by ");
            text.Append(cause.GetType().FullName).Append(": ").Append(Secrets().Replace(Shortened(cause.Message), "[redacted]"));
        }

        return Shortened(text.ToString());
    }

    private static string Shortened(string text) =>
        text.Length <= InboxEntry.MaxErrorLength ? text : text[..InboxEntry.MaxErrorLength];

    // Tokens, keys and hashes: long runs without a break, JWTs with their dots, and what stands behind a scheme, a name or in an address.
    [GeneratedRegex(@"eyJ[\w-]*\.[\w-]*(\.[\w-]*)?|[\w+/=-]{40,}|(?<=\b(Bearer|Basic)\s)\S+"
        + @"|(?<=(secret|password|pwd|token|api[_-]?key|authorization)[""']?\s*[=:]\s*[""']?)[^\s""',;&]+|(?<=://[^\s/:@]*:)[^\s/@]+(?=@)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();
}
