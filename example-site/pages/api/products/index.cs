using Endpoints.Wix.Modules;

/// <summary>Lists the products that the caller may see.</summary>
public static class ProductList
{
    public static async Task<IEnumerable<Item>> Get(Products products, CancellationToken cancellationToken)
    {
        var page = await products.QueryAsync(cancellationToken: cancellationToken);
        return page.Items.Select(product => new Item(product.Id, product.Name, product.ActualPriceRange?.MinValue?.Amount));
    }

    public sealed record Item(string Id, string? Name, string? Price);
}
