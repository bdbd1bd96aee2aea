using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Elevation;

/// <summary>The length of a grant. A handler that hands its request on to another endpoint gets its own grant back, and lends it to nobody.</summary>
/// <remarks>Begun in an asynchronous method, for what that method awaits: its flow is the request's from here on.</remarks>
internal readonly struct GrantScope : IDisposable
{
    private readonly RequestElevation _elevation;
    private readonly ElevationGrant _grant;
    private readonly ElevationGrant? _outer;

    public GrantScope(RequestCaller request, ElevationGrant grant)
    {
        _elevation = RequestElevation.Of(request);
        _grant = grant;
        _outer = _elevation.Grant;
        _elevation.Grant = grant;
        RequestFlow.Enter(request);
    }

    public void Dispose()
    {
        _grant.End(GrantEnd.Handler);
        if (_outer is { HasEnded: false })
            _elevation.Grant = _outer;
    }
}
