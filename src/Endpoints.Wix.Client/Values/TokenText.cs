using System.Buffers;

namespace Endpoints.Wix.Values;

/// <summary>Determines which strings can be tokens, wherever they come from.</summary>
internal static class TokenText
{
    /// <summary>The maximum length. No token that Wix issues is as long.</summary>
    public const int MaxLength = 8192;

    /// <summary>The prefix of the access tokens that Wix issues.</summary>
    public const string Prefix = "OauthNG.JWS.";

    // Visible ASCII without a comma, which would join two values.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(static code => (char)code).Where(static character => character != ',')]);

    public static bool IsToken(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(Allowed);
}
