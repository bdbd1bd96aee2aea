using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Endpoints.Wix;

namespace ExampleSite.Plugins;

/// <summary>How much is to be sent.</summary>
public sealed record ShippingQuestion([property: Description("The number of cups and sacks in the parcel."), Range(1, 100)] int Pieces);

/// <summary>What that costs.</summary>
public sealed record ShippingEstimate(string Price, string Currency);

/// <summary>Tells Wix's assistant what shipping costs, when somebody in the dashboard asks.</summary>
[WixTool("estimate-shipping",
    "Returns what a parcel costs. Use it when somebody asks for the price of shipping. It needs the number of pieces.")]
public sealed class EstimateShipping : WixTool<ShippingQuestion, ShippingEstimate>
{
    public override Task<ShippingEstimate> RunAsync(ShippingQuestion request, WixPluginCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new ShippingEstimate(request.Pieces > 5 ? "9.90" : "4.90", call.Currency ?? "EUR"));
}
