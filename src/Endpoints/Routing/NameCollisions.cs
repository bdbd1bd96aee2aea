using Endpoints.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>
/// Finds endpoint files with the name of another endpoint. The framework would fail at the first link, and then no link could be generated.
/// </summary>
internal static class NameCollisions
{
    /// <exception cref="InvalidOperationException">A file has another endpoint's name.</exception>
    public static void Check(IReadOnlyList<Endpoint> endpoints)
    {
        var named = new Dictionary<string, Endpoint>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Metadata.GetMetadata<ISuppressLinkGenerationMetadata>() is { SuppressLinkGeneration: true }
                || endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is not { } name
                || named.TryAdd(name, endpoint))
            {
                continue;
            }
            var other = named[name];
            if (FileOf(endpoint) is not null || FileOf(other) is not null)
                throw new InvalidOperationException(
                    $"{Describe(other)} and {Describe(endpoint)} both have the name '{name}'. Give one of them another, or none.");
        }
    }

    private static string? FileOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<FileRoute>()?.File;

    private static string Describe(Endpoint endpoint) => $"'{FileOf(endpoint) ?? endpoint.DisplayName}'";
}
