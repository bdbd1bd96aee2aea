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
        if (options.PublicKey is { } key && !PublicKeyText.IsValid(key))
            failures.Add(
                "Wix:PublicKey (WIX_CLIENT_PUBLIC_KEY) is not a public RSA key of 2,048 bits or more. Set it to the key's PEM or to base64 "
                + "of the PEM, or leave it out.");
        if (options.PublicKeys.Count > PublicKeyText.MaxFurther)
            failures.Add($"Wix:PublicKeys has {options.PublicKeys.Count} keys. At most {PublicKeyText.MaxFurther} are accepted.");
        if (options.PublicKeys.Any(static further => further is null || !PublicKeyText.IsValid(further)))
            failures.Add(
                "Wix:PublicKeys must be public RSA keys of 2,048 bits or more, each as PEM or base64 of PEM. Remove what is none.");
        failures.AddRange(EventPaths.Faults(options.Events));
        if (options.PublicOrigin is { } origin && !WixClientOptionsCheck.IsOrigin(origin))
            failures.Add("Wix:PublicOrigin must be an http or https address without path, query or user: https://shop.example.");
        if (options.OwnOrigins.Any(static own => !WixClientOptionsCheck.IsOrigin(own)))
            failures.Add("Wix:OwnOrigins must be http or https addresses without path, query or user: https://www.shop.example.");
        if (options.TokenInfo.Prefixes.Any(static prefix => prefix is not { Length: >= 3 and <= 64 } || !TokenText.IsToken(prefix)))
            failures.Add("Wix:TokenInfo:Prefixes must have 3 to 64 characters of ASCII each, without spaces and commas: OauthNG.JWS.");
        if (options.Inbox.HandledRetention < options.Events.MaximumAge)
            failures.Add(
                "Wix:Inbox:HandledRetention must be at least as long as Wix:Events:MaximumAge. Otherwise an event that is still accepted "
                + "could be handled again.");
        return OptionsFailures.Result(name, failures);
    }
}
