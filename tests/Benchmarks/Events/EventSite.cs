using System.Security.Cryptography;
using Benchmarks.Calls;
using Endpoints;
using Endpoints.Wix;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Events;

/// <summary>An application with one event handler, which does nothing.</summary>
internal static class EventSite
{
    public const string EventType = "wix.contacts.v4.contact_created";
    public const string Path = "/_wix/extensions/webhooks";

    /// <summary>The ways in which events are delivered: while Wix waits, or through the inbox; with SQLite or with Redis.</summary>
    public static readonly string[] Kinds = ["direct-sqlite", "inbox-sqlite", "direct-redis", "inbox-redis"];

    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="key">The file with the public key.</param>
    /// <param name="folder">The folder for the SQLite file.</param>
    /// <param name="redis">The Redis server.</param>
    public static async Task RunAsync(string kind, string key, string folder, string redis)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        using var rsa = RSA.Create();
        rsa.ImportFromPem(await File.ReadAllTextAsync(key));
        var wix = builder.Services.AddWix(options =>
        {
            (options.ClientId, options.ClientSecret) = (WixStub.ClientId, new("a-secret-of-the-benchmark"));
            options.PublicKey = rsa.ExportSubjectPublicKeyInfoPem();
            options.Inbox.Path = System.IO.Path.Combine(folder, kind + ".db");
            (options.Inbox.MaxMessages, options.Inbox.Concurrency) = (10_000_000, 64);
        });
        if (kind.EndsWith("redis", StringComparison.Ordinal))
            wix.UseRedis(redis, sharing => (sharing.Prefix, sharing.Timeout) = (kind + Environment.ProcessId, TimeSpan.FromSeconds(5)));
        builder.Services.AddWixEventHandler<NoWork>(
            EventType, options => options.Inbox = kind.StartsWith("inbox", StringComparison.Ordinal));
        var app = builder.Build();
        app.MapWixEvents();
        app.MapGet("/left", static async (IInboxStore store, CancellationToken ct) =>
            (await store.CountAsync(ct)) is var counts ? $"{counts.Waiting + counts.Running}" : "");
        await using (app)
            await ServedProcess.RunAsync(app);
    }

    internal sealed class NoWork : IWixEventHandler<WixEvent>
    {
        public Task HandleAsync(WixEvent received, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
