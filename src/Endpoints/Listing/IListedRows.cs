namespace Endpoints.Listing;

/// <summary>Provides rows of the list of endpoints for code that is not called by a route of its own.</summary>
internal interface IListedRows
{
    /// <summary>Returns the rows, in their order.</summary>
    IEnumerable<ListedEndpoint> Load();
}
