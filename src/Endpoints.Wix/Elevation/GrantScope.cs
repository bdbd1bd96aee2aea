using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Elevation;

/// <summary>
/// Represents the duration of a grant. A handler that passes its request on to another endpoint gets its own grant back and never shares
/// it.
/// </summary>
/// <remarks>Begin the scope in an asynchronous method. It applies to everything that the method awaits.</remarks>
internal readonly struct GrantScope : IDisposable
{
    private readonly RequestElevation _elevation;
    private readonly ElevationGrant _grant;
    private readonly ElevationGrant? _outer;

    /// <summary>Initializes a new instance of the <see cref="GrantScope"/> struct and begins the grant.</summary>
    /// <exception cref="InvalidOperationException">The guards have not let the request pass, or the endpoint's check has not allowed
    /// it.</exception>
    public GrantScope(ElevationGrant grant)
    {
        _elevation = RequestElevation.Of(grant.Request);
        _grant = grant;
        _outer = _elevation.Begin(grant);
        RequestFlow.Enter(grant.Request);
    }

    public void Dispose() => _elevation.End(_grant, _outer);
}
