using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Endpoints.Wix.RateLimiting;

/// <summary>Represents a permit, or the time to wait for one.</summary>
internal sealed class WindowLease(TimeSpan? retryAfter) : RateLimitLease
{
    public static WindowLease Acquired { get; } = new(retryAfter: null);

    public override bool IsAcquired => retryAfter is null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
        return metadata is not null;
    }
}
