using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>The products of the site's store (catalog V3). Anyone may read those that are visible; the app sees the others as well.</summary>
/// <remarks>Mirrors <c>productsV3</c> of <c>@wix/stores</c>.</remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<Products>))]
public sealed class Products : WixModule
{
    private const string Root = "/stores/v3/products";

    internal Products(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>Reads a page of products.</summary>
    /// <param name="options">Where the page begins and how long it is; the first 100 by default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer.</exception>
    public async Task<ProductPage> QueryAsync(QueryProductsOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = await Channel.SendAsync(
            WixCall.Query($"{Root}/query"),
            new ProductQuery(new(new(options?.Limit ?? QueryProductsOptions.MaxLimit, options?.Cursor))),
            WixJson.Default.ProductQuery,
            WixJson.Default.ProductQueryAnswer,
            cancellationToken).ConfigureAwait(false);
        return new() { Items = answer.Products, NextCursor = answer.PagingMetadata?.Cursors?.Next };
    }

    /// <summary>Reads one product.</summary>
    /// <param name="productId">The product's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException"><paramref name="productId"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="WixApiException">Wix refused the call: with 404 when there is no such product for this identity.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer.</exception>
    public async Task<Product> GetAsync(string productId, CancellationToken cancellationToken = default)
    {
        var call = WixCall.Get($"{Root}/{{id}}", $"{Root}/{WixAddress.Segment(productId, nameof(productId))}");
        return (await Channel.SendAsync(call, WixJson.Default.ProductAnswer, cancellationToken).ConfigureAwait(false)).Product;
    }

    private protected override WixModule On(WixChannel channel) => new Products(channel);
}
