namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>Orders are named after their owners; there is none that begins with "absent".</summary>
internal sealed class OwnsOrder(Journal journal) : IElevationCheck
{
    public async ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken)
    {
        var change = context.Argument<OrderChange>("change");
        journal.Add($"check {context.Caller.Id} {context.Argument<string>("id")} {change.Quantity}");
        var wix = context.HttpContext.RequestServices.GetRequiredService<ElevatedWixClient>();
        journal.Add("early " + (await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync()))?.GetType().Name);
        var id = context.Argument<string>("id");
        if (id == "broken")
            throw new FormatException("the check's own text");
        return id == context.Caller.Id;
    }
}
