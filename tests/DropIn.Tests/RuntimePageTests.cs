using Endpoints;
using Endpoints.Wix;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace DropIn.Tests;

/// <summary>A Razor Page that is compiled while the application runs has the limits and guards that stand on it.</summary>
public sealed class RuntimePageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [InlineData("@page\n@attribute [Endpoints.RateLimit(\"1/1h\")]\nin")]
    [InlineData("@page\n@model DropIn.Tests.LimitedModel\nin")]
    public async Task A_page_that_is_compiled_at_run_time_is_limited(string page)
    {
        await using var site = await StartAsync(page);

        Assert.Equal((200, 429), ((await site.SendAsync("GET", "/It")).Status, (await site.SendAsync("GET", "/It")).Status));
        Assert.Equal(429, (await site.SendAsync("GET", "/it")).Status);
    }

    [Theory]
    [InlineData("@page\n@attribute [Endpoints.Wix.Elevate(Endpoints.Wix.Callers.Member)]\nin")]
    [InlineData("@page\n@model DropIn.Tests.GuardedModel\nin")]
    public async Task A_page_that_is_compiled_at_run_time_is_guarded(string page)
    {
        await using var site = await StartAsync(page);

        Assert.Equal(401, (await site.SendAsync("GET", "/It")).Status);
    }

    [Fact]
    public async Task What_is_wrong_with_it_stops_the_start()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync("@page\n@attribute [Endpoints.RateLimit(\"unknown\")]\nin"));

        Assert.Contains("there is no rule 'unknown'", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<SmallSite> StartAsync(string page)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "Pages"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "Pages", "It.cshtml"), page);
        return await SmallSite.StartAsync(
            builder =>
            {
                builder.Services.AddWix(static options => (options.ClientId, options.ClientSecret) = ("a-client", new("a secret")));
                builder.Services.AddRazorPages().AddRazorRuntimeCompilation(
                    options => options.FileProviders.Add(new PhysicalFileProvider(_folder)));
            },
            static app => app.MapRazorPages(),
            application: "DropIn.Tests");
    }
}

[RateLimit("1/1h")]
public sealed class LimitedModel : PageModel;

[Elevate(Callers.Member)]
public sealed class GuardedModel : PageModel;
