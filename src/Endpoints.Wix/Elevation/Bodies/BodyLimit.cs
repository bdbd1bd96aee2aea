using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>How large the body of a request to an elevated endpoint may be that says nothing of it: 1 MiB.</summary>
internal sealed class BodyLimit : IRequestSizeLimitMetadata
{
    public const long Default = 1024 * 1024;

    private BodyLimit()
    {
    }

    public static BodyLimit Instance { get; } = new();

    public long? MaxRequestBodySize => Default;
}
