using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Elevation.Locking;
using Endpoints.Wix.Webhooks.Plugins;
using Endpoints.Wix.Webhooks.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Webhooks.Hosting;

/// <summary>
/// Stops the startup of an application in Development if Wix can call a handler or plugin that the guard lock doesn't have, or that may do
/// more than it has there.
/// </summary>
internal sealed class LockedSignedCalls(IHostEnvironment environment, PerApp<EventRegistry> events, PerApp<PluginRegistry> plugins)
    : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        if (environment.IsDevelopment() && app.ApplicationServices.GetService<StandIn>() is null)
            Check();
    };

    /// <summary>Returns what the lock doesn't have.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyList<LockedEndpoint> locked, IEnumerable<LockedEndpoint> running) =>
        [.. running.Where(entry => !locked.Any(one => Covers(one, entry)))
            .Select(static entry => string.Join(", ",
                [entry.Name, .. entry.Settings, entry.Only is { } only ? $"only {string.Join(", ", only)}" : "any call"]))];

    private void Check()
    {
        var handlers = events.All.SelectMany(static registry => registry.All).Select(static one => (one.Registration.Handler.Assembly,
            Entry: Entry(LockedEndpoint.Event, one.Registration.EventType, one.Registration.Only, one.Registration.Handler)));
        var called = plugins.All.SelectMany(static registry => registry.All).Select(static one => (one.Registration.Plugin.Assembly,
            Entry: Entry(LockedEndpoint.Plugin, one.Registration.Route, one.Registration.Only, one.Registration.Plugin)));
        var all = handlers.Concat(called).ToList();
        if (all.Count == 0 || ApplicationAssembly.Find(environment.ApplicationName) is not { } application)
            return;
        // The handlers of a library are in the lock of its own project.
        var locks = all.Select(static one => one.Assembly).Append(application).Distinct()
            .Select(EmbeddedLock.Of).OfType<EmbeddedLock>().ToList();
        var due = all.Where(one => locks.Exists(each => each.Assembly == application || each.Assembly == one.Assembly));
        var faults = Faults([.. locks.SelectMany(static one => one.Entries)], due.Select(static one => one.Entry));
        if (faults.Count == 0)
            return;
        throw new InvalidOperationException(
            "Wix can call what the guard lock that the application was built with doesn't have:\n- " + string.Join("\n- ", faults)
            + "\nSomething registers it that the code does not show: a library, configuration. See docs/guard-lock.md.");
    }

    private static bool Covers(LockedEndpoint locked, LockedEndpoint running) =>
        locked.IsSigned && locked.Method == running.Method && (locked.Route == running.Route || locked.Route == LockedEndpoint.Unknown)
        && (locked.Only?.Contains(LockedEndpoint.Unknown) == true
            || LockComparison.Compare([locked], [running with { Route = locked.Route }])
                .All(static difference => difference.Kind == LockDifferenceKind.Narrower));

    private static LockedEndpoint Entry(string method, string name, IReadOnlyList<string>? only, Type type) => new(method, name)
    {
        Callers = new[] { LockedEndpoint.Wix }.ToEquatableArray(),
        Only = only?.ToEquatableArray(),
        Settings = SignedApp.NameOf(type) is { } app ? new[] { $"App={app}" }.ToEquatableArray() : default,
    };
}
