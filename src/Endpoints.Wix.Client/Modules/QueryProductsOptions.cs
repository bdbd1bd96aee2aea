namespace Endpoints.Wix.Modules;

/// <summary>Specifies which page of products to read.</summary>
public sealed class QueryProductsOptions
{
    internal const int MaxLimit = 100;

    private readonly int _limit = MaxLimit;

    /// <summary>Gets the maximum number of products on a page, from 1 to 100. The default is 100.</summary>
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

    /// <summary>
    /// Gets the cursor at which the page begins, from <see cref="ProductPage.NextCursor"/>; <see langword="null"/> for the first page.
    /// </summary>
    public string? Cursor { get; init; }
}
