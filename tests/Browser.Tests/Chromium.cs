using System.Reflection;
using Endpoints.Tests.Processes;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>The distribution's Chromium and a running example site.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        // Chromium's sandbox refuses to run as root, as in containers; the pages are this repository's own.
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public RunningSite Site { get; } = new();

    public async Task InitializeAsync()
    {
        await Site.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await Site.DisposeAsync();
    }

    /// <summary>A page in a browser profile of its own.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width = 1100, ColorScheme colors = ColorScheme.Light)
    {
        var context =
            await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 1000 }, ColorScheme = colors });
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    /// <summary>Keeps what a person would see, below artifacts/screenshots.</summary>
    public static Task<byte[]> KeepAsync(IPage page, string name)
    {
        var folder = typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "Screenshots").Value!;
        return page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
