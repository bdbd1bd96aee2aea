namespace Endpoints;

/// <summary>Endpoint metadata that can say what it lets in: an attribute, say. The page <c>/_endpoints</c> shows it during development.</summary>
public interface IEndpointGuardMetadata
{
    /// <summary>Describes the guards and limits, in the order in which they act. Called whenever the page is shown; never on other requests.</summary>
    IReadOnlyList<EndpointGuard> Describe();
}
