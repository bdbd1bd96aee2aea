using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Flows;

/// <summary>Represents a login or an installation that a browser has begun, as stored in its cookie.</summary>
/// <param name="state">The state that Wix must return unchanged with the code.</param>
/// <param name="verifier">
/// The proof that this application may use the code; empty for an installation, for which the app's secret is the proof.
/// </param>
/// <param name="returnTo">The address to which the browser goes afterwards.</param>
/// <param name="redirectUri">The address to which Wix returns the browser. A login's grant must repeat it.</param>
/// <param name="begunAt">The time at which the attempt began.</param>
internal sealed class BrowserAttempt(string state, string verifier, string returnTo, string redirectUri, DateTimeOffset begunAt)
{
    private const byte Version = 1;

    public string State { get; } = state;

    public string Verifier { get; } = verifier;

    public string ReturnTo { get; } = returnTo;

    public string RedirectUri { get; } = redirectUri;

    public DateTimeOffset BegunAt { get; } = begunAt;

    /// <summary>Determines whether the attempt has the specified state, in constant time.</summary>
    public bool HasState(string state) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(State), Encoding.UTF8.GetBytes(state));

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(Version);
            writer.Write(BegunAt.ToUnixTimeMilliseconds());
            writer.Write(State);
            writer.Write(Verifier);
            writer.Write(ReturnTo);
            writer.Write(RedirectUri);
        }

        return bytes.ToArray();
    }

    /// <summary>
    /// Reads an attempt that <see cref="ToBytes"/> wrote; <see langword="null"/> for anything else, such as the format of a later version.
    /// </summary>
    public static BrowserAttempt? FromBytes(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            if (reader.ReadByte() != Version)
                return null;
            var begunAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            return new(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), begunAt);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
