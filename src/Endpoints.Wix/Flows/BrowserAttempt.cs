using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Flows;

/// <summary>A login or an installation that a browser has begun, as its cookie holds it.</summary>
/// <param name="state">Comes back from Wix with the code; must be the same.</param>
/// <param name="verifier">Proves to Wix that the code is ours to use; empty for an installation, where the app's secret does.</param>
/// <param name="returnTo">Where the browser goes afterwards.</param>
/// <param name="redirectUri">Where Wix was told to send the browser; a login's grant must repeat it.</param>
/// <param name="begunAt">When it began.</param>
internal sealed class BrowserAttempt(string state, string verifier, string returnTo, string redirectUri, DateTimeOffset begunAt)
{
    private const byte Version = 1;

    public string State { get; } = state;

    public string Verifier { get; } = verifier;

    public string ReturnTo { get; } = returnTo;

    public string RedirectUri { get; } = redirectUri;

    public DateTimeOffset BegunAt { get; } = begunAt;

    /// <summary>Compares in constant time.</summary>
    public bool HasState(string state) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(State), Encoding.UTF8.GetBytes(state));

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

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null for anything else, such as what a later version writes.</summary>
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
