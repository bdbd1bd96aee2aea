using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Elevation;

/// <summary>Holds the grants that the guards of elevated endpoints have given to one request. Only this folder changes them.</summary>
internal sealed class RequestElevation : IRequestPart
{
    private static readonly AsyncLocal<ElevationGrant?> Flow = new();

    private GuardedEndpoint? _counted;

    /// <summary>
    /// Gets the grant for the handler whose guards most recently let the request pass; <see langword="null"/> if none have.
    /// </summary>
    public ElevationGrant? Admitted { get; private set; }

    /// <summary>Gets the most recent grant with which a handler has begun; <see langword="null"/> if there is none.</summary>
    public ElevationGrant? Granted { get; private set; }

    /// <summary>Returns the instance of a request. It is created at the first call.</summary>
    public static RequestElevation Of(RequestCaller request) => request.PartOrNew(static () => new RequestElevation());

    /// <summary>
    /// Returns a request's grant for the current work; <see langword="null"/> if it has none, or if a handler that has begun did not begin
    /// this work.
    /// </summary>
    /// <remarks>Once every handler has ended, it is the last one's, which states so.</remarks>
    public static ElevationGrant? GrantOf(RequestCaller? request)
    {
        if (request?.Part<RequestElevation>()?.Granted is not { } granted)
            return null;
        return Flow.Value is { } own && own.Request == request ? own : granted.HasEnded ? granted : null;
    }

    /// <summary>Determines whether the request has been counted against an endpoint's limit per client address.</summary>
    public bool IsCounted(GuardedEndpoint endpoint) => ReferenceEquals(_counted, endpoint);

    /// <summary>Records that the request has been counted.</summary>
    public void Count(GuardedEndpoint endpoint) => _counted = endpoint;

    /// <summary>Records that the guards of an endpoint have let the request pass.</summary>
    public void Admit(ElevationGrant grant)
    {
        grant.Admit();
        Admitted = grant;
    }

    /// <summary>Restores the grant of the outer endpoint after the endpoint to which it passed the request has responded.</summary>
    public void Return(ElevationGrant? outer) => Admitted = outer;

    /// <summary>
    /// Records that a handler begins. The grant applies to the rest of the calling method, which must be asynchronous, and to the work that
    /// it begins, but not to what runs beside it.
    /// </summary>
    /// <returns>The previous grant.</returns>
    public ElevationGrant? Begin(ElevationGrant grant)
    {
        grant.Begin();
        var outer = Granted;
        Granted = grant;
        Flow.Value = grant;
        return outer;
    }

    /// <summary>Records that a handler has ended.</summary>
    public void End(ElevationGrant grant, ElevationGrant? outer)
    {
        grant.End(GrantEnd.Handler);
        if (outer is { HasEnded: false })
            Granted = outer;
    }

    /// <summary>Ends every grant of the request.</summary>
    public void EndAll(GrantEnd why)
    {
        Granted?.End(why);
        Admitted?.End(why);
    }

    void IRequestPart.End() => EndAll(GrantEnd.Handler);
}
