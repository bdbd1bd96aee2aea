using Endpoints.Wix;
using Endpoints.Wix.Stores;
using FluentValidation;

/// <summary>Adds a product with one variant to the store.</summary>
[Elevate(Callers.User, RateLimit = "60/1m", Only = [ProductsV3.Calls.CreateProduct])]
public static class AddProduct
{
    public static async Task<Answer> Post(Body body, ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var product = await wix.Stores.ProductsV3.CreateProductAsync(new()
        {
            Name = body.Name,
            ProductType = ProductType.Physical,
            PhysicalProperties = new(),
            VariantsInfo = new() { Variants = [new() { Price = new() { ActualPrice = new() { Amount = body.Price } } }] },
        }, cancellationToken: cancellationToken);
        return new(product.Id, product.Name);
    }

    public sealed record Body(string Name, decimal Price);

    public sealed record Answer(string? Id, string? Name);

    internal sealed class BodyValidator : AbstractValidator<Body>
    {
        public BodyValidator()
        {
            RuleFor(static body => body.Name).NotEmpty().MaximumLength(80);
            RuleFor(static body => body.Price).InclusiveBetween(0, 100_000);
        }
    }
}
