using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation;

/// <summary>
/// Replaces everything behind the guards of endpoint files and minimal APIs, including binding, where only the guards are tested.
/// </summary>
/// <remarks>
/// The type is internal and created only by the package <c>Endpoints.Testing</c>: no application can register it, and no request can select
/// it.
/// </remarks>
internal sealed class StandIn(RequestDelegate handler)
{
    public RequestDelegate Handler => handler;
}
