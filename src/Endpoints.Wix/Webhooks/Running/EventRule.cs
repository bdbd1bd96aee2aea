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

    public string? App => null; // that of the key with which Wix has signed

    /// <summary>Returns that under which a handler's or plugin's calls are made and recorded.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The name of the handler or plugin.</param>
    /// <param name="route">The route, which its calls have in common with others'.</param>
    /// <param name="only">The calls that it may make; <see langword="null"/> for all.</param>
    public static GuardedEndpoint Guard(ElevationPipeline pipeline, string name, string route, IReadOnlyList<string>? only) =>
        pipeline.Guard(name, route, new EventRule(only), new(type: null, options: null), metadata: null);
}
