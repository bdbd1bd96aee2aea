using Endpoints.Problems;
using Endpoints.Wix.Problems;

namespace Endpoints.Wix.ServiceCallers;

/// <summary>Represents the error that a service's key does not cover the endpoint that it was sent to.</summary>
internal sealed class OutOfScopeException() : InvalidOperationException("The service's key does not cover this endpoint."),
    IProblemException
{
    public Problem Problem => WixProblems.CallerNotAllowed;
}
