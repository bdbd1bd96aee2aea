using Endpoints.Wix;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Endpoints.Inbox.Tests.Stores;

/// <summary>One instance of an application, for its store.</summary>
internal sealed class InboxNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InboxNode(WebApplication app) => _app = app;

    public IInboxStore Store => _app.Services.GetRequiredService<IInboxStore>();

    public static InboxNode Start(TimeProvider time, Action<WixInboxOptions> configure, Action<IWixBuilder>? build = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time);
        var wix = builder.Services.AddWix(options =>
        {
            (options.ClientId, options.ClientSecret) = ("00000000-0000-0000-0000-000000000001", new("no secret"));
            options.Events.MaximumAge = TimeSpan.FromMinutes(1); // what is handled is forgotten sooner than usual
            configure(options.Inbox);
        });
        build?.Invoke(wix);
        return new(builder.Build());
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
