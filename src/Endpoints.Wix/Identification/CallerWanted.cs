namespace Endpoints.Wix.Identification;

/// <summary>
/// Marks an endpoint whose handler takes its <see cref="Caller"/>: the authentication handler identifies it even without a guard.
/// </summary>
internal sealed class CallerWanted
{
    public static CallerWanted Instance { get; } = new();
}
