using Microsoft.Extensions.Configuration;

namespace Endpoints.Wix.Options;

/// <summary>Reads the options: the section <c>Wix</c>, and for what it leaves out the variables that Wix's own projects use.</summary>
internal static class WixVariables
{
    public const string Section = "Wix";

    public static void Bind(IConfiguration configuration, WixClientOptions options)
    {
        // Both the whole configuration and the section itself may be passed.
        var section = configuration is IConfigurationSection { Key: Section } given ? given : configuration.GetSection(Section);
        section.Bind(options);
        options.ClientId = FirstOf(options.ClientId, configuration["WIX_CLIENT_ID"]);
        options.InstanceId = FirstOf(options.InstanceId, configuration["WIX_CLIENT_INSTANCE_ID"]);
        options.SiteId = FirstOf(options.SiteId, configuration["WIX_SITE_ID"]);
        options.AccountId = FirstOf(options.AccountId, configuration["WIX_ACCOUNT_ID"]);
        if (options.ApiKey is null && FirstOf(configuration["WIX_API_KEY"], null) is { } key)
            options.ApiKey = new(key);
        if (options.ClientSecret is null && FirstOf(configuration["WIX_CLIENT_SECRET"], null) is { } secret)
            options.ClientSecret = new(secret);
    }

    /// <summary>Returns the first of two strings that is not blank.</summary>
    public static string? FirstOf(string? first, string? second) =>
        !string.IsNullOrWhiteSpace(first) ? first.Trim() : !string.IsNullOrWhiteSpace(second) ? second.Trim() : null;
}
