using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Endpoints.Wix.Sessions;

/// <summary>
/// Represents a session as text that only this application can write and read, and only for the purpose of the protector.
/// </summary>
internal sealed class ProtectedFormat(IDataProtector protector)
{
    private const byte Version = 1;

    public string Write(Session session) => Base64Url.EncodeToString(Protect(session));

    /// <summary>
    /// Reads a session. Returns <see langword="null"/> for text that <see cref="Write"/> did not write with a key that still exists.
    /// </summary>
    public Session? Read(string text)
    {
        try
        {
            return Unprotect(Base64Url.DecodeFromChars(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public byte[] Protect(Session session)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(Version);
            writer.Write(session.Id ?? "");
            writer.Write(session.SaysMember);
            writer.Write(session.IssuedAt?.ToUnixTimeSeconds() ?? -1);
            writer.Write(session.ExpiresAt.ToUnixTimeSeconds());
            writer.Write(session.Access?.Reveal() ?? "");
            writer.Write(session.Refresh?.Reveal() ?? "");
        }

        return protector.Protect(bytes.ToArray());
    }

    public Session? Unprotect(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(protector.Unprotect(bytes)));
            if (reader.ReadByte() != Version)
                return null;
            var id = reader.ReadString();
            var saysMember = reader.ReadBoolean();
            var issuedAt = reader.ReadInt64();
            return new()
            {
                Id = id.Length == 0 ? null : id,
                SaysMember = saysMember,
                IssuedAt = issuedAt < 0 ? null : DateTimeOffset.FromUnixTimeSeconds(issuedAt),
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64()),
                Access = Token(reader.ReadString()),
                Refresh = Token(reader.ReadString()),
            };
        }
        catch (Exception e) when (e is CryptographicException or IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static AccessToken? Token(string text) => text.Length == 0 ? null : new(text);
}
