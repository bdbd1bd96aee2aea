using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>Adds members and checks their passwords. Used only inside the site's lock.</summary>
internal sealed class MemberDirectory(SecretSource secrets, TimeProvider time)
{
    private readonly byte[] _salt = secrets.Bytes("password salt", 16);

    public static bool IsEmail([NotNullWhen(true)] string? text) =>
        text is { Length: > 2 and < 255 } && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1
            && !text.Any(char.IsWhiteSpace);

    public static JsonObject? FindByEmail(SiteData data, string email) =>
        data.Members.All.FirstOrDefault(member => string.Equals(member["loginEmail"].AsText(), email, StringComparison.OrdinalIgnoreCase));

    public JsonObject Add(SiteData data, string email, string? nickname, string? password, string status, JsonObject? contact = null,
        string? id = null)
    {
        id ??= Guid.NewGuid().ToString();
        nickname ??= email[..email.IndexOf('@', StringComparison.Ordinal)];
        var now = Dates.Text(time.GetUtcNow());
        if (password is not null)
            data.Passwords[id] = Hash(password);
        return data.Members.Put(id, new()
        {
            ["id"] = id,
            ["loginEmail"] = email,
            ["loginEmailVerified"] = true,
            ["status"] = status,
            ["contactId"] = Guid.NewGuid().ToString(),
            ["contact"] = contact?.DeepClone() ?? new JsonObject { ["firstName"] = nickname, ["emails"] = new JsonArray(email) },
            ["profile"] = new JsonObject { ["nickname"] = nickname, ["slug"] = nickname.ToLowerInvariant().Replace(' ', '-') },
            ["privacyStatus"] = "PUBLIC",
            ["activityStatus"] = "ACTIVE",
            ["createdDate"] = now,
            ["updatedDate"] = now,
        });
    }

    public bool PasswordIs(SiteData data, string memberId, string password) =>
        data.Passwords.TryGetValue(memberId, out var hash)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(password)));

    private string Hash(string password) => Convert.ToHexString(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(password)));
}
