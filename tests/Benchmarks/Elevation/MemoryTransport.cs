using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Benchmarks.Elevation;

/// <summary>
/// Connections to Kestrel without sockets and without threads: a request runs where it is sent, until it waits for something.
/// </summary>
internal sealed class MemoryTransport : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 80);

    /// <summary>Opens a connection.</summary>
    /// <returns>The client's end of it.</returns>
    public IDuplexPipe Connect()
    {
        var options = new PipeOptions(
            readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0,
            useSynchronizationContext: false);
        var requests = new Pipe(options);
        var answers = new Pipe(options);
        var client = new End(answers.Reader, requests.Writer);
        var connection = new Connection(new End(requests.Reader, answers.Writer))
        {
            LocalEndPoint = EndPoint,
            RemoteEndPoint = new IPEndPoint(IPAddress.Parse("192.0.2.7"), 40_000),
        };
        _connections.Writer.TryWrite(connection);
        return client;
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _connections.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_connections.Reader.TryRead(out var connection))
                return connection;
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _connections.Writer.TryComplete();
        return default;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    // There is nothing to abort that closing does not end.
    private sealed class Connection(IDuplexPipe transport) : DefaultConnectionContext("memory", transport, transport)
    {
        public override void Abort(ConnectionAbortedException abortReason)
        {
        }
    }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
