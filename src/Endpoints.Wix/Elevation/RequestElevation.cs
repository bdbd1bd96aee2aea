using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Elevation;

/// <summary>How far the guards of elevated endpoints have let one request come, and what it has been granted. Only this room moves it.</summary>
internal sealed class RequestElevation : IRequestPart
{
    private GuardedEndpoint? _counted;

    /// <summary>What the guards that have let the request pass latest give to their handler; null before.</summary>
    public ElevationGrant? Admitted { get; private set; }

    /// <summary>The latest grant that a handler has begun with; null when there was none.</summary>
    public ElevationGrant? Granted { get; private set; }

    /// <summary>A request's own, made at the first call.</summary>
    public static RequestElevation Of(RequestCaller request) => request.PartOrNew(static () => new RequestElevation());

    /// <summary>A request's latest grant; null when it has none.</summary>
    public static ElevationGrant? GrantOf(RequestCaller? request) => request?.Part<RequestElevation>()?.Granted;

    /// <summary>Whether the request has been counted against an endpoint's limit per client address.</summary>
    public bool IsCounted(GuardedEndpoint endpoint) => ReferenceEquals(_counted, endpoint);

    /// <summary>The request has been counted.</summary>
    public void Count(GuardedEndpoint endpoint) => _counted = endpoint;

    /// <summary>The guards of an endpoint have let the request pass.</summary>
    public void Admit(ElevationGrant grant)
    {
        grant.Admit();
        Admitted = grant;
    }

    /// <summary>An endpoint that was handed the request has answered it: those of the one that handed it on hold again.</summary>
    public void Return(ElevationGrant? outer) => Admitted = outer;

    /// <summary>A handler begins.</summary>
    /// <returns>The grant that was there before.</returns>
    public ElevationGrant? Begin(ElevationGrant grant)
    {
        grant.Begin();
        var outer = Granted;
        Granted = grant;
        return outer;
    }

    /// <summary>A handler has ended.</summary>
    public void End(ElevationGrant grant, ElevationGrant? outer)
    {
        grant.End(GrantEnd.Handler);
        if (outer is { HasEnded: false })
            Granted = outer;
    }

    void IRequestPart.End()
    {
        Granted?.End(GrantEnd.Handler);
        Admitted?.End(GrantEnd.Handler);
    }
}
