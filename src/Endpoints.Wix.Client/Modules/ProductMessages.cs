namespace Endpoints.Wix.Modules;

/// <summary>Represents the body of a query.</summary>
internal sealed record ProductQuery(ProductQueryBody Query);

internal sealed record ProductQueryBody(CursorPaging CursorPaging);

internal sealed record CursorPaging(int Limit, string? Cursor);

/// <summary>Represents the answer to a query.</summary>
internal sealed record ProductQueryAnswer
{
    public required IReadOnlyList<Product> Products { get; init; }

    public PagingMetadata? PagingMetadata { get; init; }
}

internal sealed record PagingMetadata(PagingCursors? Cursors);

internal sealed record PagingCursors(string? Next);

/// <summary>Represents the answer to a read.</summary>
internal sealed record ProductAnswer
{
    public required Product Product { get; init; }
}
