using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents a secret from the configuration, such as the app's client secret. Its value never appears when it is printed, logged or
/// viewed in a debugger.
/// </summary>
/// <remarks>Configuration binds to it as to a string. It can't be written as JSON: trying to is an error.</remarks>
[TypeConverter(typeof(SecretTypeConverter))]
[JsonConverter(typeof(SecretJsonConverter))]
[DebuggerDisplay("[secret]")]
[DebuggerTypeProxy(typeof(SecretDebugView))]
public sealed class WixSecret : IEquatable<WixSecret>
{
    private readonly string _value;

    /// <summary>Initializes a new instance of the <see cref="WixSecret"/> class.</summary>
    /// <param name="value">The secret itself.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, empty or blank. The message never repeats it.</exception>
    public WixSecret(string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException("A secret must not be empty or blank.", nameof(value));
        _value = value;
    }

    /// <summary>Returns a fixed text, never the value.</summary>
    public override string ToString() => "[secret]";

    /// <summary>
    /// Determines whether two secrets are equal, in constant time. Only a difference in length can be seen from the time taken.
    /// </summary>
    /// <param name="other">The secret to compare with.</param>
    public bool Equals([NotNullWhen(true)] WixSecret? other) => other is not null && CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(_value.AsSpan()), MemoryMarshal.AsBytes(other._value.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as WixSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the secret itself, for the request that needs it and nowhere else.</summary>
    internal string Reveal() => _value;
}
