using Endpoints.Wix.Emulator;

namespace ExampleSite;

/// <summary>Stands in for Wix until there are credentials: an emulator inside this process.</summary>
internal static class DevelopmentWix
{
    private static readonly string[] Credentials =
    [
        "Wix:ClientId", "Wix:ClientSecret", "Wix:InstanceId", "Wix:PublicKey",
        "WIX_CLIENT_ID", "WIX_CLIENT_SECRET", "WIX_CLIENT_INSTANCE_ID", "WIX_CLIENT_PUBLIC_KEY",
    ];

    /// <summary>
    /// Starts the emulator and points the configuration at it, in Development and when no credential is configured at all.
    /// </summary>
    /// <returns>The emulator, or null: then <c>AddWix</c> uses the credentials, or says which are missing.</returns>
    public static async Task<WixEmulator?> StartWithoutCredentialsAsync(WebApplicationBuilder builder)
    {
        if (Credentials.Any(name => !string.IsNullOrWhiteSpace(builder.Configuration[name])))
            return null;
        if (!builder.Environment.IsDevelopment())
        {
            Console.Error.WriteLine(
                $"No Wix credentials are configured, and in {builder.Environment.EnvironmentName} no emulator takes Wix's place: it does "
                + "so in Development only.");
            return null;
        }

        var wix = await WixEmulator.StartAsync(options =>
        {
            options.BackOfficeTitle = "Harbour Coffee dashboard";
            options.Seed = "example-site"; // browser sessions outlive a restart
        });
        wix.Site.AddCollection("Pictures", new() { Read = CollectionRole.Admin });
        builder.Services.AddSingleton(wix); // for the page that raises an event
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Wix:ApiBaseAddress"] = wix.Address.AbsoluteUri,
            ["Wix:ClientId"] = wix.App.ClientId,
            ["Wix:ClientSecret"] = wix.App.ClientSecret,
            ["Wix:InstanceId"] = wix.InstanceId,
            ["Wix:PublicKey"] = wix.App.PublicKey,
            ["Wix:Inbox:Path"] = ":memory:", // the emulator forgets as well
            ["Wix:Session:AllowPlainHttp"] = "true", // http://localhost: members can log in without a certificate
        });
        return wix;
    }

    /// <summary>
    /// Makes the site known to the emulated Wix, once its address is known: as the owner of an app does in Wix's settings.
    /// </summary>
    public static void Introduce(WixEmulator wix, Uri site)
    {
        wix.App.AllowRedirectUri(new Uri(site, "/api/auth/callback"));
        wix.AddWebhook(new Uri(site, "/_wix/extensions/webhooks"));
        wix.AddServicePlugin("ECOM_SHIPPING_RATES", new Uri(site, "/_wix/extensions/service-plugins/shipping-rates"));
        foreach (var path in (string[])["/api/who-am-i", "/api/my-api", "/api/my-api-plain"])
            wix.BackOffice.AddTarget(path, new Uri(site, path));
    }
}
