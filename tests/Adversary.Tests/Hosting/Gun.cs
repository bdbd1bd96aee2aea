using System.Net.Sockets;
using Adversary.Tests.Requests;
using Adversary.Tests.Wires;

namespace Adversary.Tests.Hosting;

/// <summary>Carries conversations out in an arena.</summary>
internal sealed class Gun(Arena arena)
{
    /// <summary>The maximum duration of a conversation.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<Wire, IWire> Wires = new()
    {
        [Wire.Http1] = new Http1Wire(),
        [Wire.Steps] = new StepWire(),
        [Wire.Http2] = new Http2Wire(),
        [Wire.Frames] = new FrameWire(),
    };

    public async Task<Fired> FireAsync(Conversation conversation, CancellationToken ct)
    {
        var site = arena.Site(conversation.Site);
        var isHttp2 = conversation.Wire is Wire.Http2 or Wire.Frames;
        var server = isHttp2 ? site.Http2 : site.Http1;
        var filler = new Filler(arena.Credentials(conversation.Site).Of);
        string[] markers = [.. conversation.Shots.Select(static _ => Filler.NewMarker())];
        Shot[] shots = [.. conversation.Shots.Select((shot, i) => filler.Fill(shot, markers[i], server.ToString()))];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        Exchange exchange;
        try
        {
            exchange = await Wires[conversation.Wire].SendAsync(server, shots, limit.Token);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            exchange = new([], "", []); // no connection, or nobody reads: the judge looks whether the application is alive
        }

        return new(conversation, markers, exchange);
    }

    /// <summary>Several at the same time.</summary>
    public Task<Fired[]> FireAsync(IEnumerable<Conversation> conversations, CancellationToken ct) =>
        Task.WhenAll(conversations.Select(conversation => FireAsync(conversation, ct)));
}
