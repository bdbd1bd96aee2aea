using System.Text.Json.Serialization;

namespace Endpoints.Wix.Api.Tests.Data;

/// <summary>An item of the collection Photos.</summary>
internal sealed record Photo
{
    [JsonPropertyName("_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    public required string Title { get; init; }

    public DateTimeOffset Taken { get; init; }
}
