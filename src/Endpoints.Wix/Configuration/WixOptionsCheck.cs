using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Identification;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Configuration;

/// <summary>Checks what a range can't say: which credentials are missing, and where a token may travel.</summary>
internal sealed class WixOptionsCheck : IValidateOptions<WixOptions>
{
    public ValidateOptionsResult Validate(string? name, WixOptions options)
    {
        List<string> failures = [];
        if (DesignTime.IsNow && options.ClientId is null && options.ClientSecret is null)
            return ValidateOptionsResult.Success;
        if (string.IsNullOrWhiteSpace(options.ClientId))
            failures.Add("The Wix client id is missing. Set Wix:ClientId, or the variable WIX_CLIENT_ID, to the app's id.");
        else if (!Identifier.IsValid(options.ClientId))
            failures.Add("Wix:ClientId (WIX_CLIENT_ID) is not an id: it may have 128 characters of ASCII at most.");
        if (options.ClientSecret is null)
            failures.Add("The Wix client secret is missing. Set Wix:ClientSecret, or the variable WIX_CLIENT_SECRET, to the app's secret.");
        if (options.InstanceId is { } instance && !Identifier.IsValid(instance))
            failures.Add("Wix:InstanceId (WIX_CLIENT_INSTANCE_ID) is not an id. Set it to the app's instance id on the site, or leave it out.");
        if (options.ApiKey is { } apiKey && !PresentedToken.IsToken(apiKey.Reveal()))
            failures.Add("Wix:ApiKey (WIX_API_KEY) is not an API key: it has spaces, commas, line breaks or other characters than ASCII. Copy it again, or leave it out.");
        if (options.SiteId is { } site && !IsId(site))
            failures.Add("Wix:SiteId (WIX_SITE_ID) is not an id. Set it to the id of the site that the API key is used for, or leave it out.");
        if (options.AccountId is { } account && !IsId(account))
            failures.Add("Wix:AccountId (WIX_ACCOUNT_ID) is not an id. Set it to the id of the account that the API key belongs to, or leave it out.");
        if (options.PublicKey is { } key && !IsPublicKey(key))
            failures.Add("Wix:PublicKey (WIX_CLIENT_PUBLIC_KEY) is not a public RSA key. Set it to the key's PEM or to base64 of the PEM, or leave it out.");
        if (!IsOrigin(options.ApiBaseAddress) || !IsSafe(options.ApiBaseAddress))
            failures.Add("Wix:ApiBaseAddress must be an https address, or http on a loopback address, without path, query or user: https://www.wixapis.com.");
        if (options.PublicOrigin is { } origin && !IsOrigin(origin))
            failures.Add("Wix:PublicOrigin must be an http or https address without path, query or user: https://shop.example.");
        if (options.OwnOrigins.Any(static own => !IsOrigin(own)))
            failures.Add("Wix:OwnOrigins must be http or https addresses without path, query or user: https://www.shop.example.");
        if (options.TokenPrefixes.Any(static prefix => prefix is not { Length: >= 3 and <= 64 } || !PresentedToken.IsToken(prefix)))
            failures.Add("Wix:TokenPrefixes must have 3 to 64 characters of ASCII each, without spaces and commas: OauthNG.JWS.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // It becomes a header.
    private static bool IsId(string text) => Identifier.IsValid(text) && !string.IsNullOrWhiteSpace(text);

    private static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static bool IsOrigin(Uri? address) =>
        address is { IsAbsoluteUri: true, PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

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
