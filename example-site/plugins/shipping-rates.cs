using Endpoints.Wix;
using Endpoints.Wix.Ecom;

namespace ExampleSite.Plugins;

/// <summary>Tells Wix's checkout what shipping costs: less for a cup than for a sack of coffee.</summary>
public sealed class ShippingRates : ShippingRatesPlugin
{
    public override Task<GetShippingRatesResponse> GetShippingRatesAsync(GetShippingRatesRequest request, WixPluginCall call,
        CancellationToken cancellationToken)
    {
        var pieces = request.LineItems.Sum(static line => line.Quantity ?? 1);
        return Task.FromResult(new GetShippingRatesResponse
        {
            ShippingRates = [Rate("parcel", "Parcel", pieces > 5 ? "9.90" : "4.90"), Rate("courier", "Courier", "14.90")],
        });

        ShippingRatesShippingOption Rate(string code, string title, string price) =>
            new() { Code = code, Title = title, Cost = new() { Price = price, Currency = call.Currency } };
    }
}
