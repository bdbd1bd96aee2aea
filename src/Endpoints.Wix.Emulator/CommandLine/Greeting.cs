namespace Endpoints.Wix.Emulator.CommandLine;

/// <summary>
/// Writes the text that the command prints after it has started. The credentials are the emulator's own and valid nowhere else.
/// </summary>
internal static class Greeting
{
    public static string For(WixEmulator wix)
    {
        var address = wix.Address.GetLeftPart(UriPartial.Authority);
        return $$"""
            An emulated Wix is running on {{address}}

              back office    {{wix.BackOffice.DashboardAddress}}
              site           {{wix.Site.Name}}
              site id        {{wix.Site.Id}}
              account id     {{wix.AccountId}}
              client id      {{wix.App.ClientId}}
              client secret  {{wix.App.ClientSecret}}
              instance id    {{wix.InstanceId}}
              API key        {{wix.ApiKey.Value}}
              public key     {{wix.App.PublicKeyBase64}}
              members        {{Members(wix)}}

            These credentials are made up by the emulator and good for it alone. Try:

              # a visitor's tokens
              curl {{address}}/oauth2/token -H 'Content-Type: application/json' \
                -d '{"grantType":"anonymous","clientId":"{{wix.App.ClientId}}"}'

              # the app's token
              curl {{address}}/oauth2/token -H 'Content-Type: application/json' \
                -d '{"grant_type":"client_credentials","client_id":"{{wix.App.ClientId}}","client_secret":"{{wix.App.ClientSecret}}","instance_id":"{{wix.InstanceId}}"}'

              # the site's properties, with the API key
              curl {{address}}/site-properties/v4/properties -H 'wix-site-id: {{wix.Site.Id}}' \
                -H 'Authorization: {{wix.ApiKey.Value}}'

            Ctrl+C stops it.{{PortNote(wix)}}
            """;
    }

    // Browsers refuse these, as other protocols live there; curl and servers do not.
    private static string PortNote(WixEmulator wix)
    {
        int[] refused = [5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080];
        var taken = new[] { wix.Address.Port, wix.BackOffice.Origin.Port }.Where(refused.Contains).ToArray();
        return taken.Length == 0
            ? ""
            : $"\n\nNote: browsers refuse to open port {string.Join(" and ", taken)}. Choose another for the login page and the dashboard.";
    }

    private static string Members(WixEmulator wix) => wix.Site.Members.Count == 0
        ? "none"
        : string.Join(", ", wix.Site.Members.Select(static member => member.Email)) + " (pick one on the login page)";
}
