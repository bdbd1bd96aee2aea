using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Values;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Validates the ranges, and what a range can't express: the clients' options, and invalid addresses, keys and prefixes.</summary>
internal sealed class WixOptionsCheck : IValidateOptions<WixOptions>
{
    private static readonly WixOptionsRanges Ranges = new();

    public ValidateOptionsResult Validate(string? name, WixOptions options)
    {
        List<string> failures =
        [
            .. SettingNames.Of(Ranges.Validate(SettingNames.Section, options)),
            .. WixClientOptionsCheck.Credentials(options, isAppNeeded: !DesignTime.IsNow),
            .. WixClientOptionsCheck.Rest(options),
        ];
        if (options.PublicKey is { } key && !IsPublicKey(key))
            failures.Add(
                "Wix:PublicKey (WIX_CLIENT_PUBLIC_KEY) is not a public RSA key. Set it to the key's PEM or to base64 of the PEM, or "
                + "leave it out.");
        if (options.PublicOrigin is { } origin && !WixClientOptionsCheck.IsOrigin(origin))
            failures.Add("Wix:PublicOrigin must be an http or https address without path, query or user: https://shop.example.");
        if (options.OwnOrigins.Any(static own => !WixClientOptionsCheck.IsOrigin(own)))
            failures.Add("Wix:OwnOrigins must be http or https addresses without path, query or user: https://www.shop.example.");
        if (options.TokenInfo.Prefixes.Any(static prefix => prefix is not { Length: >= 3 and <= 64 } || !TokenText.IsToken(prefix)))
            failures.Add("Wix:TokenInfo:Prefixes must have 3 to 64 characters of ASCII each, without spaces and commas: OauthNG.JWS.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsPublicKey(string text)
    {
        try
        {
            if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
                text = Encoding.UTF8.GetString(Convert.FromBase64String(text));
            using var rsa = RSA.Create();
            // A variable often holds the PEM in one line, its line breaks written as \n.
            rsa.ImportFromPem(text.Replace("\\n", "\n", StringComparison.Ordinal));
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
