namespace Endpoints.Wix.Emulator.CommandLine;

/// <summary>What the command prints when it has started. The credentials are the emulator's own and good for nothing else.</summary>
internal static class Greeting
{
    public static string For(WixEmulator wix)
    {
        var address = wix.Address.GetLeftPart(UriPartial.Authority);
        return $$"""
            An emulated Wix is running on {{address}}

              site           {{wix.Site.Name}}
              site id        {{wix.Site.Id}}
              account id     {{wix.AccountId}}
              client id      {{wix.App.ClientId}}
              client secret  {{wix.App.ClientSecret}}
              instance id    {{wix.InstanceId}}
              API key        {{wix.ApiKey.Value}}

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

            Ctrl+C stops it.
            """;
    }
}
