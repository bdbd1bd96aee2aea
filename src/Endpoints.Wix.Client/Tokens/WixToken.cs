using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents a token of the app itself, as an <see cref="IWixTokenSource"/> returns it. Its value never appears when it is printed.
/// </summary>
public sealed class WixToken
{
    /// <summary>Initializes a new instance of the <see cref="WixToken"/> class.</summary>
    /// <param name="value">The access token itself.</param>
    /// <param name="expiresAt">The time at which the token expires.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> can't be a token. The message never repeats it.</exception>
    public WixToken(string value, DateTimeOffset expiresAt)
    {
        if (value is null || !TokenText.IsToken(value))
            throw new ArgumentException(
                "The value is not an access token: it is empty, too long, or has spaces, commas or non-ASCII characters.", nameof(value));
        AccessToken = new(value);
        ExpiresAt = expiresAt;
    }

    internal WixToken(AccessToken token, DateTimeOffset expiresAt) => (AccessToken, ExpiresAt) = (token, expiresAt);

    /// <summary>Gets the access token.</summary>
    public AccessToken AccessToken { get; }

    /// <summary>Gets the time at which the token expires.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Returns a fixed text, never the value.</summary>
    public override string ToString() => AccessToken.ToString();
}
