using System.Text.Json.Nodes;
using Endpoints.Wix;
using Endpoints.Wix.Stores;
using FluentValidation;

/// <summary>Sets how many of a product are in stock, of each variant.</summary>
[Elevate(Callers.User, RateLimit = "60/1m",
    Only = [InventoryItemsV3.Calls.QueryInventoryItems, InventoryItemsV3.Calls.UpdateInventoryItem])]
public static class ChangeInventory
{
    public static async Task<IEnumerable<Answer>> Post(Body body, ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var inventory = wix.Stores.InventoryItemsV3;
        var found = await inventory.QueryInventoryItemsAsync(new() { Filter = new JsonObject { ["productId"] = body.ProductId } },
            cancellationToken);
        var changed = new List<Answer>();
        foreach (var item in found.InventoryItems)
        {
            item.Quantity = body.Quantity;
            var now = await inventory.UpdateInventoryItemAsync(item.Id!, item.ToUpdate(), cancellationToken: cancellationToken);
            changed.Add(new(now.VariantId, now.Quantity));
        }

        return changed;
    }

    public sealed record Body(string ProductId, int Quantity);

    public sealed record Answer(string? Variant, long? Quantity);

    internal sealed class BodyValidator : AbstractValidator<Body>
    {
        public BodyValidator()
        {
            RuleFor(static body => body.ProductId).Must(static id => Guid.TryParse(id, out _));
            RuleFor(static body => body.Quantity).InclusiveBetween(0, 100_000);
        }
    }
}
