using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation;

/// <summary>What is behind the guards of endpoint files and minimal APIs, binding included, where the guards alone are tested.</summary>
/// <remarks>Internal, and made by the package <c>Endpoints.Testing</c> alone: no application can register one, and no request can ask for it.</remarks>
internal sealed class StandIn(RequestDelegate handler)
{
    public RequestDelegate Handler => handler;
}
