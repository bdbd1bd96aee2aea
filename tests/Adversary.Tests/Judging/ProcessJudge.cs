using System.Collections.Immutable;
using System.Diagnostics;
using Adversary.Tests.Hosting;
using Adversary.Tests.Requests;
using Adversary.Tests.Wires;

namespace Adversary.Tests.Judging;

/// <summary>Looks at the processes: alive, answering, and of bounded size.</summary>
internal sealed class ProcessJudge(Arena arena)
{
    /// <summary>The maximum memory of the application. Its managed memory alone may grow to 384 MiB.</summary>
    public const int MaxMegabytes = 600;

    public const int MaxHandles = 600;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Shot Health =
        new("GET", "/health", ImmutableArray.Create(new Field("Host", "127.0.0.1"), new Field("Connection", "close")));

    public IEnumerable<Violation> Alive(IReadOnlyList<Fired> batch) => arena.Sites.Where(static site => !site.IsAlive)
        .Select(site => new Violation("process", "life", $"The {site.Mode} application has ended.",
            batch.FirstOrDefault(fired => fired.Conversation.Site == site.Mode)));

    public async Task<IReadOnlyList<Violation>> AnswersAsync(CancellationToken ct)
    {
        List<Violation> violations = [];
        foreach (var site in arena.Sites)
        {
            var clock = Stopwatch.StartNew();
            var answer = new Exchange([], "", []);
            while (answer.Answers is not [{ Status: 200 }] && site.IsAlive && clock.Elapsed < Patience)
                answer = await AskAsync(site, ct);
            if (answer.Answers is not [{ Status: 200 }])
                violations.Add(new("process", "health", $"The {site.Mode} application is not healthy: {answer.Received}"));
        }

        return violations;
    }

    private static async Task<Exchange> AskAsync(AttackedSite site, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return await new Http1Wire().SendAsync(site.Http1, [Health], limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new([], "", []);
        }
    }

    public IEnumerable<Violation> Size()
    {
        foreach (var site in arena.Sites.Where(static site => site.IsAlive))
        {
            var (megabytes, handles) = site.Size();
            if (megabytes > MaxMegabytes || handles > MaxHandles)
                yield return new("process", "size",
                    $"The {site.Mode} application has {megabytes} MB and {handles} open files and connections.");
        }
    }
}
