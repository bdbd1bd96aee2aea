using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Elevation;

/// <summary>A request that the guards have let pass.</summary>
internal readonly record struct AdmittedCall(RequestCaller Request, GuardedEndpoint Endpoint, Caller Caller)
{
    /// <summary>Lets the request act as the app until the scope is left.</summary>
    /// <exception cref="InvalidOperationException">The endpoint's check has not been asked about this request, or has not allowed it.</exception>
    public GrantScope Grant() => Endpoint.Check is null || ReferenceEquals(RequestElevation.Of(Request).Allowed, Endpoint)
        ? new(Request, new(Endpoint, Caller, Request))
        : throw new InvalidOperationException("An elevated handler was reached past its check. The request is refused.");
}
