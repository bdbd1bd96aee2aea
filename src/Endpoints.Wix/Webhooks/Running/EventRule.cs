using Endpoints.Wix.Elevation;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Represents the guards of what Wix calls. The signature has admitted the call; what remains is <c>Only</c>.</summary>
internal sealed class EventRule(IReadOnlyList<string>? only) : IElevationRule
{
    public Callers Callers => GuardedEndpoint.AllCallers;

    public string? RateLimit => null;

    public string? Policy => null;

    public string[]? Only { get; } = only is null ? null : [.. only];

    public Type? Check => null;
}
