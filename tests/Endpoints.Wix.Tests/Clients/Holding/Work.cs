using System.Collections.Concurrent;

namespace Endpoints.Wix.Tests.Clients.Holding;

/// <summary>
/// A request's use of the clients that a holder has for it: it waits until the other request of its round is inside as well, and
/// makes its call.
/// </summary>
internal sealed class Work
{
    public const string Called = "called";
    public const string Refused = "refused";

    private readonly ConcurrentDictionary<string, Round> _rounds = new();

    /// <summary>Completes when somebody of the round is inside.</summary>
    public Task InsideAsync(string round) => _rounds.GetOrAdd(round, static _ => new()).First.Task;

    public Task<string> RunAsync(HttpContext context, Bag bag) => RunAsync(Ticket.Of(context), bag);

    public Task<string> RunAsync(Ticket ticket, Bag bag) => RunAsync(ticket, tag => bag.CallAsync(ticket.Client, tag));

    public async Task<string> RunAsync(Ticket ticket, Func<string, Task> call)
    {
        await _rounds.GetOrAdd(ticket.Round, static _ => new()).ArriveAsync();
        try
        {
            await call(ticket.Tag);
            return Called;
        }
        catch (InvalidOperationException)
        {
            return Refused;
        }
    }

    private sealed class Round
    {
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _inside;

        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task ArriveAsync()
        {
            First.TrySetResult();
            if (Interlocked.Increment(ref _inside) == 2)
                _both.SetResult();
            return _both.Task;
        }
    }
}

/// <summary>The call that a request makes.</summary>
internal sealed record Ticket(string Client, string Round, string Tag)
{
    public static Ticket Of(HttpContext context) =>
        new(context.Request.Query["client"].ToString(), context.Request.Query["round"].ToString(), context.Request.Query["tag"].ToString());
}
