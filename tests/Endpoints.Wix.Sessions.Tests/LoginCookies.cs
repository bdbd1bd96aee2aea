using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>Login cookies as the site writes them, for what the site would not write.</summary>
internal static class LoginCookies
{
    public static string Name(string state) =>
        "__Host-wixLogin-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..16];

    public static string NewState() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Value(SessionSite site, string state, string returnTo)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write((byte)1);
            writer.Write(site.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            writer.Write(state);
            writer.Write(new string('v', 43));
            writer.Write(returnTo);
            writer.Write("https://shop.example/api/auth/callback");
        }

        var protector = site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Endpoints.Wix.Login", "v1",
            site.Wix.App.ClientId);
        return Base64Url.EncodeToString(protector.Protect(bytes.ToArray()));
    }
}
