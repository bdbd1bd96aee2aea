using System.Text.Json.Serialization;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>The products of the site's store (catalog V3). Anyone may read those that are visible; the app sees the others as well.</summary>
/// <remarks>Mirrors <c>productsV3</c> of <c>@wix/stores</c>.</remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<Products>))]
public class Products : WixModule, IWixModule<Products>
{
    private static readonly WixOperation<ProductQuery, ProductQueryAnswer> Query = new(
        HttpMethod.Post, "/stores/v3/products/query", WixJson.Default.ProductQuery, WixJson.Default.ProductQueryAnswer)
    {
        IsRepeatable = true, // it only reads
    };

    private static readonly WixOperation<ProductAnswer> Get = new(HttpMethod.Get, "/stores/v3/products/{id}", WixJson.Default.ProductAnswer);

    private Products(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>Initializes a mock, which a derived class is.</summary>
    protected Products()
    {
    }

    static Products IWixModule<Products>.Create(WixChannel channel) => new(channel);

    /// <summary>Reads a page of products.</summary>
    /// <param name="options">Where the page begins and how long it is; the first 100 by default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer.</exception>
    public virtual async Task<ProductPage> QueryAsync(QueryProductsOptions? options = null, CancellationToken cancellationToken = default)
    {
        var query = new ProductQuery(new(new(options?.Limit ?? QueryProductsOptions.MaxLimit, options?.Cursor)));
        var answer = await SendAsync(Query, query, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new() { Items = answer.Products, NextCursor = answer.PagingMetadata?.Cursors?.Next };
    }

    /// <summary>Reads one product.</summary>
    /// <param name="productId">The product's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException"><paramref name="productId"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="WixApiException">Wix refused the call: with 404 when there is no such product for this identity.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer.</exception>
    public virtual async Task<Product> GetAsync(string productId, CancellationToken cancellationToken = default) =>
        (await SendAsync(Get, new WixArguments(productId), cancellationToken).ConfigureAwait(false)).Product;
}
