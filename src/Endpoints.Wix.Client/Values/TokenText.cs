using System.Buffers;

namespace Endpoints.Wix.Values;

/// <summary>What may pass for a token, wherever it comes from.</summary>
internal static class TokenText
{
    /// <summary>Longer than any token that Wix issues.</summary>
    public const int MaxLength = 8192;

    /// <summary>What the access tokens that Wix issues begin with.</summary>
    public const string Prefix = "OauthNG.JWS.";

    // Visible ASCII without a comma, which would join two values.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(static code => (char)code).Where(static character => character != ',')]);

    public static bool IsToken(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(Allowed);
}
