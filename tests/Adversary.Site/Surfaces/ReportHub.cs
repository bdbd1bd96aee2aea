using Adversary.Site.Work;
using Endpoints.Wix;
using Microsoft.AspNetCore.SignalR;

namespace Adversary.Site.Surfaces;

/// <summary>A hub that says whom it takes its caller for, and tries what it may not.</summary>
public sealed class ReportHub : Hub
{
    private string Name => Context.GetHttpContext()!.Request.Path == "/hub" ? "hub" : "open hub";

    public object Who() => Job.Describe(Context.GetHttpContext()!, Name);

    public object User() => Seen.In("hub", Context.User!).ToArray();

    // A type of its own: one with a validator, which no hub asks, would stop the start.
    public int Take(Amount amount) => amount.Quantity;

    public async Task<string> Act()
    {
        var context = Context.GetHttpContext()!;
        try
        {
            await Job.RunAsync(context, context.RequestServices.GetRequiredService<ElevatedWixClient>(), Name);
            return "done";
        }
        catch (Exception e) when (e is InvalidOperationException)
        {
            return "refused"; // by long polling there is no grant, nor on the open hub
        }
    }

    public sealed record Amount(int Quantity);
}
