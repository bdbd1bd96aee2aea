using Endpoints.RateLimiting;
using Endpoints.Wix.Options;
using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Limits the total memory of bodies that are buffered before they are bound.</summary>
/// <remarks>
/// Thread-safe. A network may have at most half as much as is still free. One network alone gets a third of the total, and however many
/// networks use it, some memory is left for the next one.
/// </remarks>
internal sealed class BodyMemory
{
    /// <summary>The number of bytes up to which a body that arrives at once is not counted.</summary>
    public const int Free = 16 * 1024;

    private readonly long _all;
    private readonly ILiveOptions<WixOptions> _live;
    private readonly Dictionary<ClientAddress, long> _held = [];
    private readonly Lock _gate = new();
    private long _total;

    public BodyMemory(IOptions<WixOptions> options, ILiveOptions<WixOptions> live, WixTelemetry telemetry)
    {
        (_all, _live) = (options.Value.Bodies.Memory, live);
        telemetry.Meter.CreateObservableUpDownCounter<long>("endpoints.wix.body_memory", () => Total, "By",
            "The memory held by request bodies that are read before they are bound.");
    }

    /// <summary>Gets the time within which a body must arrive.</summary>
    public TimeSpan Timeout => _live.Now.Bodies.Timeout;

    /// <summary>Gets the number of bytes in use.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Returns a client's share, which is released when it is disposed.</summary>
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

    /// <summary>Represents the memory of one request's body. Not thread-safe.</summary>
    internal sealed class Share(BodyMemory memory, ClientAddress network) : IDisposable
    {
        private long _bytes;

        /// <summary>Grows the share to the specified length.</summary>
        /// <returns><see langword="true"/> if the memory was available; otherwise, <see langword="false"/>.</returns>
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
