using Endpoints.Wix.Emulator;

namespace ExampleSite;

/// <summary>Writes what the start prints: where things are, and what to try.</summary>
internal static class Welcome
{
    public static string For(WebApplication app, WixEmulator? wix)
    {
        var site = app.Urls.First();
        if (wix is null)
            return $"Example site: {site} (calls go to Wix)";

        return $"""

            Example site   {site}
            Dashboard      {wix.BackOffice.DashboardAddress}   (the emulator plays Wix's back office: another origin)
            Wix emulator   {wix.Address.GetLeftPart(UriPartial.Authority)}   (no Wix credentials are configured)

            Try
              {site}/ in a browser, and the dashboard beside it
              curl {site}/api/my-api            an elevated call: the site's properties
              curl -i {site}/api/my-api-plain   the same call as the visitor: 403, and why
              curl -X POST {site}/api/events    the emulator sends an event and asks the plugin; GET lists what came in
              {site}/_endpoints                 every route, its file and who may call it
              Edit example-site/pages/api/my-api.cs: with 'dotnet watch --project example-site' the next call sees it.

            """;
    }
}
