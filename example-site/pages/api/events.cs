using Endpoints.Wix.Emulator;
using ExampleSite;

/// <summary>Lists what came in from Wix. In Development, the emulator can be asked to send something.</summary>
public static class Events
{
    public static IReadOnlyList<ReceivedEvents.Note> Get(ReceivedEvents received) => received.Latest();

    public static async Task<IResult> Post(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<WixEmulator>() is not { } wix)
            return Results.NotFound();
        var answers = await wix.RaiseAsync("wix.ecom.v1.order_created", cancellationToken: cancellationToken);
        var rates = await wix.CallServicePluginAsync("ECOM_SHIPPING_RATES", "getShippingRates", cancellationToken: cancellationToken);
        var tool = await wix.RunToolAsync("estimate-shipping", new() { ["pieces"] = 7 }, cancellationToken: cancellationToken);
        return Results.Ok(new { Event = answers[0].StatusCode, Plugin = rates.StatusCode, Rates = rates.Body, Tool = tool.Body });
    }
}
