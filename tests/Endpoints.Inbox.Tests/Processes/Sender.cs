using System.Collections.Concurrent;
using System.Globalization;
using Endpoints.Wix.Tests.Webhooks;

namespace Endpoints.Inbox.Tests.Processes;

/// <summary>Sends events to whichever process runs, and sends again what was not answered with 200, as Wix does.</summary>
internal sealed class Sender(int most) : IDisposable
{
    private readonly ConcurrentQueue<(string Id, string Token)> _again = new();
    private readonly ConcurrentDictionary<string, bool> _accepted = new();
    private readonly ConcurrentDictionary<SiteProcess, bool> _sites = new();
    private int _sent;
    private volatile bool _isEnding;

    public ICollection<string> Accepted => _accepted.Keys;

    public int Sent => _sent;

    public IReadOnlyList<SiteProcess> Running => [.. _sites.Keys];

    public void Add(SiteProcess site) => _sites[site] = true;

    public bool Remove(SiteProcess site) => _sites.TryRemove(site, out _);

    /// <summary>Ends the processes that still run.</summary>
    public void Dispose()
    {
        foreach (var site in _sites.Keys)
            site.Dispose();
    }

    /// <summary>Sends no new events, and ends when every event has been accepted.</summary>
    public void End() => _isEnding = true;

    public Task RunAsync(int senders, TimeSpan pause) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(() => SendAsync(pause))));

    /// <summary>Signs an event as Wix does.</summary>
    public static string Sign(string id) => SignedText.Sign(SignedText.Header, SignedText.Claims(
        SignedText.Envelope("i-1", id, at: TimeProvider.System.GetUtcNow()), TimeProvider.System.GetUtcNow()).ToJsonString());

    private async Task SendAsync(TimeSpan pause)
    {
        while (true)
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause);
            if (!_again.TryDequeue(out var next))
            {
                if (_isEnding && _accepted.Count == _sent)
                    return;
                var number = _isEnding ? most : Interlocked.Increment(ref _sent) - 1;
                if (number >= most)
                {
                    if (!_isEnding)
                        Interlocked.Decrement(ref _sent);
                    await Task.Delay(20);
                    continue;
                }

                var id = string.Create(CultureInfo.InvariantCulture, $"event-{number}");
                next = (id, Sign(id));
            }

            if (Running is { Count: > 0 } sites && await sites[Random.Shared.Next(sites.Count)].DeliverAsync(next.Token))
                _accepted[next.Id] = true;
            else
                _again.Enqueue(next);
        }
    }
}
