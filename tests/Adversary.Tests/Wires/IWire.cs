using System.Net;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Wires;

/// <summary>Carries requests to a server.</summary>
internal interface IWire
{
    /// <summary>Sends requests whose places are filled, on one connection.</summary>
    Task<Exchange> SendAsync(IPEndPoint server, IReadOnlyList<Shot> shots, CancellationToken ct);
}
