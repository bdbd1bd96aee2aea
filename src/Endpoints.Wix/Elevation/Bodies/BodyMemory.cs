using Endpoints.RateLimiting;
using Endpoints.Wix.Options;
using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>How much memory the bodies take together that are read whole before they are bound.</summary>
/// <remarks>
/// Thread-safe. A network may have half as much as is still free: alone it gets a third of all, and however many networks fill it, something is left for the next one.
/// </remarks>
internal sealed class BodyMemory
{
    /// <summary>What a body takes at the least, whether or not it counts: one that is there at once, and no longer, is not counted.</summary>
    public const int Free = 16 * 1024;

    private readonly long _all;
    private readonly ILiveOptions<WixOptions> _live;
    private readonly Dictionary<ClientAddress, long> _held = [];
    private readonly Lock _gate = new();
    private long _total;

    public BodyMemory(IOptions<WixOptions> options, ILiveOptions<WixOptions> live, WixTelemetry telemetry)
    {
        (_all, _live) = (options.Value.Bodies.Memory, live);
        telemetry.Meter.CreateObservableUpDownCounter("endpoints.wix.body_memory", () => Total, "By", "Memory that bodies take which are read before they are bound.");
    }

    /// <summary>How long a body may take to arrive.</summary>
    public TimeSpan Timeout => _live.Now.Bodies.Timeout;

    /// <summary>What is taken.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>A client's share, which is given back when it is disposed of.</summary>
    public Share Begin(ClientAddress client) => new(this, client.IsV6 ? client.Within(48) : client);

    private bool TryTake(ClientAddress network, long bytes)
    {
        lock (_gate)
        {
            var own = _held.GetValueOrDefault(network);
            if (own + bytes > (_all - _total) / 2)
                return false;
            _held[network] = own + bytes;
            Interlocked.Add(ref _total, bytes);
            return true;
        }
    }

    private void Return(ClientAddress network, long bytes)
    {
        lock (_gate)
        {
            var left = _held.GetValueOrDefault(network) - bytes;
            if (left > 0)
                _held[network] = left;
            else
                _held.Remove(network);
            Interlocked.Add(ref _total, -bytes);
        }
    }

    /// <summary>What one request's body takes. For one thread at a time.</summary>
    internal sealed class Share(BodyMemory memory, ClientAddress network) : IDisposable
    {
        private long _bytes;

        /// <summary>Takes what is missing to a length.</summary>
        /// <returns>Whether it could be had.</returns>
        public bool TryGrow(long length)
        {
            if (length <= _bytes)
                return true;
            if (!memory.TryTake(network, length - _bytes))
                return false;
            _bytes = length;
            return true;
        }

        public void Dispose()
        {
            if (_bytes > 0)
                memory.Return(network, _bytes);
            _bytes = 0;
        }
    }
}
