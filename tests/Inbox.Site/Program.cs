using System.Globalization;
using Endpoints;
using Inbox.Site;

// An application with one event handler, which writes down each of its runs. Tests start it, and kill it.
var builder = WebApplication.CreateSlimBuilder(args);
var settings = builder.Configuration;
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls("http://127.0.0.1:0");
var wix = builder.Services.AddWix(options =>
{
    (options.ClientId, options.ClientSecret) = ("00000000-0000-0000-0000-000000000001", new("no secret"));
    options.PublicKey = settings["Key"];
    (options.Inbox.Path, options.Inbox.Concurrency) = (settings["File"], settings.GetValue("Concurrency", 8));
    (options.Inbox.LeaseDuration, options.Inbox.PollInterval) = (TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(100));
    options.Inbox.MaxAttempts = 100; // being killed is no failure of the handler's
});
if (settings["Redis"] is { } redis)
{
    wix.UseRedis(redis, sharing => (sharing.Prefix, sharing.Timeout) = (settings["Prefix"]!, TimeSpan.FromSeconds(5)));
}

builder.Services.AddSingleton(new Runs(settings["Runs"]!, settings.GetValue("Work", 0)));
builder.Services.AddWixEventHandler<RunHandler>(RunHandler.EventType, options =>
    (options.Name, options.Inbox, options.OrderedByEntity) =
        ("runs", settings.GetValue("Inbox", true), settings.GetValue("Ordered", false)));

var app = builder.Build();
app.MapWixEvents();
app.MapGet("/counts", async (IInboxStore store, CancellationToken ct) =>
{
    var counts = await store.CountAsync(ct);
    return string.Create(CultureInfo.InvariantCulture, $"{counts.Waiting} {counts.Running} {counts.Failed}");
});
await app.StartAsync();
Console.WriteLine("Listening on " + app.Urls.Single());
await app.WaitForShutdownAsync();
