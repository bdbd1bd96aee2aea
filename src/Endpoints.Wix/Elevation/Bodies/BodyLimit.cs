using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Specifies the maximum size of request bodies for elevated endpoints that set no limit: 1 MiB.</summary>
internal sealed class BodyLimit : IRequestSizeLimitMetadata
{
    public const long Default = 1024 * 1024;

    private BodyLimit()
    {
    }

    public static BodyLimit Instance { get; } = new();

    public long? MaxRequestBodySize => Default;
}
