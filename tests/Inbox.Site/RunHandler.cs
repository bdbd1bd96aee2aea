using Endpoints.Wix;

namespace Inbox.Site;

/// <summary>The handler.</summary>
internal sealed class RunHandler(Runs runs) : IWixEventHandler<WixEvent>
{
    public const string EventType = "wix.contacts.v4.contact_created";

    public Task HandleAsync(WixEvent received, CancellationToken cancellationToken) => runs.RunAsync(received.Id!, cancellationToken);
}
