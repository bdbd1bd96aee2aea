using System.Globalization;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;

namespace Benchmarks.Elevation;

/// <summary>
/// One of the compared applications on a port of the loopback interface, for a load from outside. Ends with its input, and after ten
/// minutes.
/// </summary>
internal static class ElevatedServer
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(string kind)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await ElevatedSite.StartAsync(kind, wix, static builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{app.Urls.Single()} {wix.IssueToken(EmulatedIdentity.Member("ada"))}"));
        using var life = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        life.CancelAfter(LongestLife);
        try
        {
            // Reading the console can't be cancelled, only left.
            await Task.Run(Console.In.ReadToEnd, CancellationToken.None).WaitAsync(life.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
