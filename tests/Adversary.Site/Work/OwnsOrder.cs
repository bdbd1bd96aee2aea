using Endpoints.Wix;

namespace Adversary.Site.Work;

/// <summary>Orders are named after their owners.</summary>
internal sealed class OwnsOrder : IElevationCheck
{
    public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) =>
        new(context.Argument<string>("id") == context.Caller.Id);
}
