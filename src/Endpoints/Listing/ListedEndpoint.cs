namespace Endpoints.Listing;

/// <summary>Represents a row of the list of endpoints.</summary>
/// <param name="Methods">The HTTP methods; empty for all.</param>
/// <param name="Route">The full address, in ASP.NET Core's notation.</param>
/// <param name="File">The endpoint file, or null for endpoints that the application maps in another way.</param>
/// <param name="Name">The endpoint's name in logs.</param>
/// <param name="Folders">The classes of the <c>_folder.cs</c> files whose attributes apply to it.</param>
/// <param name="Guards">The guards and limits of the endpoint.</param>
internal sealed record ListedEndpoint(
    IReadOnlyList<string> Methods, string Route, string? File, string? Name, IReadOnlyList<string> Folders,
    IReadOnlyList<ListedGuard> Guards);
