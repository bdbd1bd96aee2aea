using Endpoints.Generator.Pages;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Endpoints.Generator.Lock;

/// <summary>What the project wants of the guard lock.</summary>
/// <param name="Write">Whether the build writes the lock, and so does not compare with it.</param>
/// <param name="Mode">The property <c>EndpointsLock</c>: <c>enforce</c>, <c>off</c>, or empty to enforce a lock that is there.</param>
/// <param name="Pages">Where the endpoint files are.</param>
internal sealed record LockSettings(bool Write, string Mode, PagesOptions Pages)
{
    public static LockSettings Read(AnalyzerConfigOptions options)
    {
        options.TryGetValue("build_property.WriteEndpointsLock", out var write);
        options.TryGetValue("build_property.EndpointsLock", out var mode);
        return new LockSettings(
            string.Equals(write?.Trim(), "true", StringComparison.OrdinalIgnoreCase), (mode ?? "").Trim().ToLowerInvariant(), PagesOptions.Read(options));
    }
}
