using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Elevation;

/// <summary>A request that the guards have let pass.</summary>
internal readonly record struct AdmittedCall(RequestCaller Request, GuardedEndpoint Endpoint, Caller Caller)
{
    /// <summary>Lets the request act as the app until the scope is left.</summary>
    public GrantScope Grant() => new(Request, new(Endpoint, Caller, Request));
}
