using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Elevation;

/// <summary>The length of a grant. A handler that hands its request on to another endpoint gets its own grant back, and lends it to nobody.</summary>
/// <remarks>Begun in an asynchronous method, for what that method awaits: its flow is the request's from here on.</remarks>
internal readonly struct GrantScope : IDisposable
{
    private readonly RequestElevation _elevation;
    private readonly ElevationGrant _grant;
    private readonly ElevationGrant? _outer;

    /// <summary>Begins it.</summary>
    /// <exception cref="InvalidOperationException">The guards have not let the request pass, or the endpoint's check has not allowed it.</exception>
    public GrantScope(ElevationGrant grant)
    {
        _elevation = RequestElevation.Of(grant.Request);
        _grant = grant;
        _outer = _elevation.Begin(grant);
        RequestFlow.Enter(grant.Request);
    }

    public void Dispose() => _elevation.End(_grant, _outer);
}
