using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Endpoints.Listing;
using Endpoints.Shared.Lock;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Elevation.Locking;

/// <summary>Provides the calls to Wix that the code of elevated endpoints can make, as the compiler has seen them.</summary>
internal sealed class ListedCalls(IHostEnvironment environment, EndpointDataSource endpoints) : IListedGuards
{
    // By the text that they were read from, which hot reload replaces.
    private static readonly ConcurrentDictionary<Assembly, (string Text, LockedEndpoint[] Entries)> Known = [];

    /// <inheritdoc/>
    public IEnumerable<EndpointGuard> Of(RouteEndpoint endpoint)
    {
        GuardedRoute[] routes = [.. GuardedRoute.Of([endpoint])];
        var entries = LockPairs.Of(routes, Read(environment, endpoints)).OfType<LockedEndpoint>().ToList();
        return entries.Count == 0 ? [] : Describe(entries);
    }

    /// <summary>Returns the calls of event handlers or of a service plugin.</summary>
    /// <param name="kind">Which of both: <see cref="LockedEndpoint.Event"/> or <see cref="LockedEndpoint.Plugin"/>.</param>
    /// <param name="name">The type of the event, or the extension that the plugin implements.</param>
    /// <param name="only">The calls that it may make; <see langword="null"/> if all calls are allowed.</param>
    /// <param name="assembly">The assembly that has the class.</param>
    public static IEnumerable<EndpointGuard> Of(string kind, string name, IReadOnlyCollection<string>? only, Assembly assembly)
    {
        // Of several handlers of an event, those that may do the same.
        var entries = Entries(assembly).Where(entry => entry.Calls is not null && entry.Method == kind && entry.Route == name
            && (only is null ? entry.Only is null : entry.Only is { } allowed && only.ToHashSet().SetEquals(allowed))).ToList();
        return entries.Count == 0 ? [] : Describe(entries);
    }

    /// <summary>Returns the calls of entries as guards on the list.</summary>
    private static IEnumerable<EndpointGuard> Describe(IReadOnlyCollection<LockedEndpoint> entries)
    {
        var calls = entries.SelectMany(static entry => entry.Calls ?? default).Select(static call => call.ToString()).Distinct().ToList();
        var unseen = entries.SelectMany(static entry => entry.Unseen).Distinct()
            .Select(static name => name == LockedEndpoint.Unknown ? "the handler" : name).ToList();
        if (calls.Count > 0 || unseen.Count == 0)
            yield return new("Calls", calls.Count == 0 ? "none" : string.Join(", ", calls));
        if (unseen.Count > 0)
            yield return new("Calls not seen", $"those of {string.Join(", ", unseen)}");
    }

    private static IReadOnlyList<LockedEndpoint> Read(IHostEnvironment environment, EndpointDataSource endpoints) =>
    [
        .. LockedStart.AssembliesOf(environment, GuardedRoute.Of(endpoints.Endpoints)).SelectMany(Entries)
            .Where(static entry => entry.Calls is not null),
    ];

    private static IEnumerable<LockedEndpoint> Entries(Assembly assembly)
    {
        if (EmbeddedLock.Of(assembly) is { } embedded)
            return embedded.Entries;
        if (Text(assembly) is not { } text)
            return [];
        if (!Known.TryGetValue(assembly, out var known) || known.Text != text)
            Known[assembly] = known = (text, [.. (LockFile.TryRead(text, out _) ?? []).Select(static entry => entry.Endpoint)]);
        return known.Entries;
    }

    // Written by the generator, for an assembly without a guard lock.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The list is for development. A trimmed application has none.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The list is for development. A trimmed application has none.")]
    private static string? Text(Assembly assembly) => assembly.GetType("Endpoints.Generated.WixCalls")
        ?.GetMethod("Text", BindingFlags.Static | BindingFlags.NonPublic)?.Invoke(obj: null, parameters: null) as string;
}
