using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Represents an access or refresh token. Its value never appears when it is printed, logged or viewed in a debugger.</summary>
/// <remarks>No binder or serializer makes one of what a client sends, and it can't be written as JSON: trying to is an error.</remarks>
[JsonConverter(typeof(AccessTokenJsonConverter))]
[DebuggerDisplay("[access token]")]
[DebuggerTypeProxy(typeof(SecretDebugView))]
public sealed class AccessToken : IEquatable<AccessToken>
{
    private readonly string _value;

    // Who presents a token is asked for at Wix: no binder or serializer makes one of a client's text.
    internal AccessToken(string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException("A token must not be empty or blank.", nameof(value));
        _value = value;
    }

    /// <summary>Returns a fixed text, never the value.</summary>
    public override string ToString() => "[access token]";

    /// <summary>
    /// Determines whether two tokens are equal, in constant time. Only a difference in length can be seen from the time taken.
    /// </summary>
    /// <param name="other">The token to compare with.</param>
    /// <returns><see langword="true"/> if the tokens are equal; otherwise, <see langword="false"/>.</returns>
    public bool Equals([NotNullWhen(true)] AccessToken? other) => other is not null && CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(_value.AsSpan()), MemoryMarshal.AsBytes(other._value.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as AccessToken);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the token itself, for the request that needs it and nowhere else. Don't log it.</summary>
    public string Reveal() => _value;
}
