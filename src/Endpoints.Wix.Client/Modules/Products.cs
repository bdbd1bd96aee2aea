using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Modules;

/// <summary>
/// Represents the products of the site's store (catalog V3). Anyone may read the visible ones; the app sees the others as well.
/// </summary>
/// <remarks>Mirrors <c>productsV3</c> of <c>@wix/stores</c>.</remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<Products>))]
public class Products : WixModule, IWixModule<Products>
{
    private const string MerchantData = "WIX_STORES.PRODUCT_MERCHANT_DATA_READ";
    private const string Visible = "WIX_STORES.PRODUCT_READ";
    private const string NonVisible = "WIX_STORES.PRODUCT_READ_NON_VISIBLE";

    private static readonly WixOperation<ProductQuery, ProductQueryAnswer> Query = new(
        HttpMethod.Post, "/stores/v3/products/query", WixJson.Default.ProductQuery, WixJson.Default.ProductQueryAnswer)
    {
        IsRepeatable = true, // it only reads
        PermissionIds = [MerchantData, Visible, NonVisible],
    };

    private static readonly WixOperation<ProductAnswer> Get =
        new(HttpMethod.Get, "/stores/v3/products/{id}", WixJson.Default.ProductAnswer)
        {
            PermissionIds = [MerchantData, Visible, NonVisible],
        };

    private Products(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="Products"/> class for mocking in a derived class.</summary>
    protected Products()
    {
    }

    static Products IWixModule<Products>.Create(WixChannel channel) => new(channel);

    /// <summary>Reads a page of products.</summary>
    /// <param name="options">The start and the length of the page; the first 100 products by default.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the page.</returns>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer.</exception>
    [CallsWix(Calls.Query, MerchantData, Visible, NonVisible)]
    public virtual async Task<ProductPage> QueryAsync(QueryProductsOptions? options = null, CancellationToken cancellationToken = default)
    {
        var query = new ProductQuery(new(new(options?.Limit ?? QueryProductsOptions.MaxLimit, options?.Cursor)));
        var answer = await SendAsync(Query, query, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new() { Items = answer.Products, NextCursor = answer.PagingMetadata?.Cursors?.Next };
    }

    /// <summary>Reads one product.</summary>
    /// <param name="productId">The id of the product.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the product.</returns>
    /// <exception cref="ArgumentException"><paramref name="productId"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="WixApiException">Wix refused the call. The status is 404 if there is no such product for this identity.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer.</exception>
    [CallsWix(Calls.Get, MerchantData, Visible, NonVisible)]
    public virtual async Task<Product> GetAsync(string productId, CancellationToken cancellationToken = default) =>
        (await SendAsync(Get, new WixArguments(productId), cancellationToken).ConfigureAwait(false)).Product;

    /// <summary>Provides the module's calls as <c>Only</c> takes them, which limits elevation to what it names.</summary>
    public static class Calls
    {
        /// <summary>The call of <see cref="QueryAsync"/>.</summary>
        public const string Query = "POST /stores/v3/products/query";

        /// <summary>The call of <see cref="GetAsync"/>.</summary>
        public const string Get = "GET /stores/v3/products/{id}";
    }
}
