using Endpoints.Wix;

namespace GuardedSite;

internal sealed class OwnsBasket : IElevationCheck
{
    public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) =>
        new(context.Caller.Id is { } id && id.StartsWith(context.Argument<string>("id"), StringComparison.Ordinal));
}
