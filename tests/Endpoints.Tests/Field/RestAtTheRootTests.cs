using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Endpoints.Tests.Field;

/// <summary>A file that matches every path stands in front of static files and of conventional routes. The start says so.</summary>
public class RestAtTheRootTests
{
    private static readonly FileRoute[] Rest = [Routes.File("/[...path]", typeof(Everything))];

    [Theory]
    [InlineData("/[...path]", "/", true, true)]
    [InlineData("/[...path]", "/shop", true, false)] // a prefix of its own
    [InlineData("/[page]", "/", true, true)]
    [InlineData("/[page]/[...rest]", "/", true, true)]
    [InlineData("/[...path].html", "/", true, true)]
    [InlineData("/docs/[...path]", "/", true, false)]
    [InlineData("/index", "/", true, false)]
    [InlineData("/[...path]", "/", false, false)] // no static files
    public async Task A9_A_file_that_hides_static_files_is_a_warning_at_the_start(string route, string basePath, bool hasFiles, bool warned)
    {
        await using var site = await StartAsync([Routes.File(route, typeof(Everything))], hasFiles, basePath: basePath);

        var warnings =
            site.Log.Records.Where(
                static record => record.Level == LogLevel.Warning && record.Text.Contains("static files", StringComparison.Ordinal))
                .ToArray();
        Assert.Equal(warned ? 1 : 0, warnings.Length);
        if (warned)
        {
            Assert.Contains($"pages{route}.cs", warnings[0].Text, StringComparison.Ordinal);
            Assert.Contains("UseRouting", warnings[0].Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A9_A_file_that_hides_conventional_routes_is_a_warning_at_the_start()
    {
        await using var site =
            await StartAsync(Rest, hasFiles: false,
                static builder => builder.Services.AddControllersWithViews().AddApplicationPart(typeof(HomeController).Assembly),
                static app => app.MapDefaultControllerRoute());

        Assert.Single(site.Log.Records,
            static record => record.Level == LogLevel.Warning && record.Text.Contains("conventional", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A9_Static_files_in_front_of_the_routing_are_reached_and_the_file_takes_the_rest()
    {
        await using var site = await StartAsync(Rest, hasFiles: true, use: static app =>
        {
            app.UseStaticFiles();
            app.UseRouting();
        });

        Assert.Equal("<p>page</p>", await site.GetAsync("/page.html"));
        Assert.Equal("everything else", await site.GetAsync("/else"));
    }

    private static async Task<Site> StartAsync(
        FileRoute[] routes, bool hasFiles, Action<WebApplicationBuilder>? services = null, Action<WebApplication>? use = null,
        string basePath = "/")
    {
        var root = Directory.CreateTempSubdirectory().FullName;
        if (hasFiles)
            await File.WriteAllTextAsync(Path.Combine(root, "page.html"), "<p>page</p>");
        return await Site.StartAsync(
            routes,
            options => options.BasePath = basePath,
            services,
            app =>
            {
                app.Environment.WebRootFileProvider = new PhysicalFileProvider(root);
                use?.Invoke(app);
            });
    }

    public static class Everything
    {
        public static string Get(string? path = null) => path is "page.html" ? "the file's" : "everything else";
    }
}

public class HomeController : Controller
{
    public IActionResult Index() => Content("home");
}
