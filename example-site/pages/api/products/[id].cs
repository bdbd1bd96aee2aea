using Endpoints.Wix.Modules;

/// <summary>Gives one product.</summary>
public static class ProductById
{
    public static Task<Product> Get(string id, Products products, CancellationToken cancellationToken) =>
        products.GetAsync(id, cancellationToken);
}
