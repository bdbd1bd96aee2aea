using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Elevation;

/// <summary>How far the guards of elevated endpoints have let one request come, and what it has been granted.</summary>
internal sealed class RequestElevation : IRequestPart
{
    /// <summary>The endpoint whose guards have let the request pass; null before.</summary>
    public GuardedEndpoint? Admitted { get; set; }

    /// <summary>The endpoint whose check has allowed the request; null before it was asked.</summary>
    public GuardedEndpoint? Allowed { get; set; }

    /// <summary>The endpoint whose address limit the request has been counted against.</summary>
    public GuardedEndpoint? Counted { get; set; }

    /// <summary>The latest grant of elevation; null when there was none.</summary>
    public ElevationGrant? Grant { get; set; }

    /// <summary>A request's own, made at the first call.</summary>
    public static RequestElevation Of(RequestCaller request) => request.PartOrNew(static () => new RequestElevation());

    /// <summary>A request's latest grant; null when it has none.</summary>
    public static ElevationGrant? GrantOf(RequestCaller? request) => request?.Part<RequestElevation>()?.Grant;

    public void End() => Grant?.End(GrantEnd.Handler);
}
