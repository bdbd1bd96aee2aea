namespace Endpoints;

/// <summary>
/// Represents endpoint metadata, such as an attribute, that describes what it admits. The page <c>/_endpoints</c> shows it during
/// development.
/// </summary>
public interface IEndpointGuardMetadata
{
    /// <summary>
    /// Returns the guards and limits in the order in which they apply. Called each time the page is shown; never on other requests.
    /// </summary>
    IReadOnlyList<EndpointGuard> Describe();
}
