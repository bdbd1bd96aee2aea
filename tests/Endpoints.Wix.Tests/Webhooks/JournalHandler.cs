namespace Endpoints.Wix.Tests.Webhooks;

internal sealed class JournalHandler(EventJournal journal, IServiceProvider services) : IWixEventHandler<WixEvent>
{
    public async Task HandleAsync(WixEvent received, CancellationToken cancellationToken)
    {
        journal.Handled.Enqueue(received);
        await journal.Then(services, received, cancellationToken);
    }
}
