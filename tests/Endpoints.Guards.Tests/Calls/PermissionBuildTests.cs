namespace Endpoints.Guards.Tests.Calls;

/// <summary>What a build prints of the permissions that an app must ask Wix for.</summary>
public sealed class PermissionBuildTests : IDisposable
{
    private const string Page = """
        using Endpoints.Wix;

        [Elevate(Callers.User)]
        public static class Site
        {
            public static Task<SitePropertiesSnapshot> Get(ElevatedWixClient wix) => wix.SiteProperties.GetSitePropertiesAsync();
        }
        """;

    private readonly BuiltProject _project = new("permitted shop", """
        <ItemGroup><Reference Include="$(WixClientPath)" /></ItemGroup>
        """.Replace("$(WixClientPath)", typeof(Wix.WixClientOptions).Assembly.Location, StringComparison.Ordinal));

    public PermissionBuildTests() => _project.Write("Program.cs", """
        using Endpoints.Wix;

        var app = WebApplication.CreateBuilder(args).Build();
        app.MapFileRoutes();
        app.Run();

        // A job, which no endpoint reaches.
        public sealed class Nightly(AppWixClient wix, AdminWixClient admin)
        {
            public async Task RunAsync(string address)
            {
                await wix.Products.QueryAsync();
                await wix.Data.Items.Query("Photos").CountAsync();
                await admin.SiteProperties.GetSitePropertiesAsync();
                await wix.FetchWithAuthAsync(HttpMethod.Get, address);
            }
        }

        public sealed class OfCaller(WixClient wix)
        {
            public Task RunAsync() => wix.SiteProperties.UpdateBusinessProfileAsync(new());
        }
        """);

    [Fact]
    public async Task A_target_prints_the_permissions_of_all_code_each_time_it_is_asked()
    {
        _project.Write("pages/site.cs", Page);
        const string Products =
            "WIX_STORES.PRODUCT_READ, for POST /stores/v3/products/query";

        var first = Lines(await _project.DotnetAsync(succeeds: true, "build", "-t:WixPermissions", "--nologo"));
        Assert.Equal(
            [
                "SITE_SETTINGS.VIEW, for GET /site-properties/v4/properties",
                "WIX_STORES.PRODUCT_MERCHANT_DATA_READ, for POST /stores/v3/products/query",
                Products,
                "WIX_STORES.PRODUCT_READ_NON_VISIBLE, for POST /stores/v3/products/query",
                "no permission id is known for POST /wix-data/v2/items/count",
                "API key: SITE_SETTINGS.VIEW, for GET /site-properties/v4/properties",
                "not seen: the calls of Endpoints.Wix.WixApiClient.FetchWithAuthAsync",
            ],
            first);

        // Nothing has changed; then the code has, and another build has seen it before.
        Assert.Equal(first, Lines(await _project.MSBuildAsync(succeeds: true, "", "-restore", "-v:m", "-t:WixPermissions")));
        _project.Write("pages/site.cs", Page.Replace("wix.SiteProperties.GetSitePropertiesAsync()", "null!", StringComparison.Ordinal));
        Assert.DoesNotContain("SITE_SETTINGS", await _project.BuildAsync(succeeds: true), StringComparison.Ordinal);
        Assert.Equal(first.Skip(1), Lines(await _project.MSBuildAsync(succeeds: true, "", "-restore", "-v:m", "-t:WixPermissions")));
    }

    public void Dispose() => _project.Dispose();

    private static List<string> Lines(string output)
    {
        var lines = output.Split('\n').Select(static line => line.TrimEnd('\r')).ToList();
        var title = lines.FindIndex(static line => line.Contains("Shop: its code calls Wix with these", StringComparison.Ordinal));
        return [.. lines.Skip(title + 1).TakeWhile(static line => line.StartsWith("    ", StringComparison.Ordinal))
            .Select(static line => line.Trim())];
    }
}
