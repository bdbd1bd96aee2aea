namespace Endpoints.Wix;

/// <summary>Represents a page of a query's items.</summary>
public sealed class DataPage
{
    internal DataPage(IReadOnlyList<DataItem> items, long? totalCount, string? nextCursor)
    {
        Items = items;
        TotalCount = totalCount;
        NextCursor = nextCursor;
    }

    /// <summary>Gets the items.</summary>
    public IReadOnlyList<DataItem> Items { get; }

    /// <summary>Gets how many items there are on all pages; <see langword="null"/> if it wasn't asked for.</summary>
    public long? TotalCount { get; }

    /// <summary>Gets where the next page begins; <see langword="null"/> on the last.</summary>
    public string? NextCursor { get; }
}
