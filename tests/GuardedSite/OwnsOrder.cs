using Endpoints.Wix;

namespace GuardedSite;

internal sealed class OwnsOrder : IElevationCheck
{
    public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) =>
        new(context.Argument<string>("id") == context.Caller.Id);
}
