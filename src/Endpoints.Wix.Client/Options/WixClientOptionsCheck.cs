using Endpoints.Wix.Values;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>
/// Validates the ranges, and what a range can't express: missing credentials, and addresses to which no token may be sent.
/// </summary>
internal sealed class WixClientOptionsCheck : IValidateOptions<WixClientOptions>
{
    private static readonly WixClientOptionsRanges Ranges = new();

    public ValidateOptionsResult Validate(string? name, WixClientOptions options)
    {
        List<string> failures =
        [
            .. SettingNames.Of(Ranges.Validate(SettingNames.Section, options)),
            .. Credentials(options, isAppNeeded: options.ApiKey is null),
            .. Rest(options),
        ];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>Returns the failures of the credentials.</summary>
    /// <param name="options">The options.</param>
    /// <param name="isAppNeeded">
    /// <see langword="true"/> if the app's credentials are required; <see langword="false"/> if they may be left out together.
    /// </param>
    public static IEnumerable<string> Credentials(WixClientOptions options, bool isAppNeeded)
    {
        var isApp = isAppNeeded || !string.IsNullOrWhiteSpace(options.ClientId) || options.ClientSecret is not null;
        if (isApp && string.IsNullOrWhiteSpace(options.ClientId))
            yield return "The Wix client id is missing. Set Wix:ClientId, or the variable WIX_CLIENT_ID, to the app's id.";
        else if (options.ClientId is { } client && isApp && !Identifier.IsValid(client))
            yield return "Wix:ClientId (WIX_CLIENT_ID) is not an id. An id has at most 128 ASCII characters.";
        if (isApp && options.ClientSecret is null)
            yield return "The Wix client secret is missing. Set Wix:ClientSecret, or the variable WIX_CLIENT_SECRET, to the app's secret.";
    }

    /// <summary>Returns the failures of the other settings that every client of Wix needs.</summary>
    public static IEnumerable<string> Rest(WixClientOptions options)
    {
        if (options.InstanceId is { } instance && !Identifier.IsValid(instance))
            yield return "Wix:InstanceId (WIX_CLIENT_INSTANCE_ID) is not an id. Set it to the app's instance id on the site, or leave it "
                + "out.";
        if (options.ApiKey is { } apiKey && !TokenText.IsToken(apiKey.Reveal()))
            yield return "Wix:ApiKey (WIX_API_KEY) is not an API key: it has spaces, commas, line breaks or non-ASCII characters. "
                + "Copy it again, or leave it out.";
        if (options.SiteId is { } site && !IsId(site))
            yield return "Wix:SiteId (WIX_SITE_ID) is not an id. Set it to the id of the site that the API key is used for, or leave it "
                + "out.";
        if (options.AccountId is { } account && !IsId(account))
            yield return "Wix:AccountId (WIX_ACCOUNT_ID) is not an id. Set it to the id of the account that the API key belongs to, or "
                + "leave it out.";
        if (!IsOrigin(options.ApiBaseAddress) || !IsSafe(options.ApiBaseAddress))
            yield return "Wix:ApiBaseAddress must be an https address, or http on a loopback address, without path, query or user: "
                + "https://www.wixapis.com.";
    }

    /// <summary>Determines whether an address uses http or https and consists of scheme, host and port only.</summary>
    public static bool IsOrigin(Uri? address) =>
        address is { IsAbsoluteUri: true, PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    // It becomes a header.
    private static bool IsId(string text) => Identifier.IsValid(text) && !string.IsNullOrWhiteSpace(text);

    private static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
