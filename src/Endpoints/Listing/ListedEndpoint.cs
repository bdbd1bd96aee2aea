namespace Endpoints.Listing;

/// <summary>A row of the list of endpoints.</summary>
/// <param name="Methods">The HTTP methods; empty for all.</param>
/// <param name="Route">The address, in ASP.NET Core's notation and with everything in front of it.</param>
/// <param name="File">The endpoint file; null for endpoints that the application maps in another way.</param>
/// <param name="Name">What the endpoint is called in logs.</param>
/// <param name="Folders">The classes of the <c>_folder.cs</c> files whose attributes hold for it.</param>
/// <param name="Guards">Its guards and limits.</param>
internal sealed record ListedEndpoint(
    IReadOnlyList<string> Methods, string Route, string? File, string? Name, IReadOnlyList<string> Folders, IReadOnlyList<EndpointGuard> Guards);
