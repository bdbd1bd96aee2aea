namespace Endpoints.Wix.Modules;

/// <summary>Which page of products is read.</summary>
public sealed class QueryProductsOptions
{
    internal const int MaxLimit = 100;

    private readonly int _limit = MaxLimit;

    /// <summary>The most products a page may have, 1 to 100; 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in that range.</exception>
    public int Limit
    {
        get => _limit;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxLimit);
            _limit = value;
        }
    }

    /// <summary>Where the page begins, as <see cref="ProductPage.NextCursor"/> said; null for the first page.</summary>
    public string? Cursor { get; init; }
}
