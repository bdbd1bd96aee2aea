using System.Collections.Immutable;
using Endpoints.Shared.Collections;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents what an assembly registers, in the order of the files, and what contradicts it.</summary>
/// <param name="Handlers">The event handlers.</param>
/// <param name="Plugins">The plugins.</param>
/// <param name="Contradictions">Handlers and plugins that are left out, because another has their name or their type.</param>
internal sealed record WebhookTable(
    EquatableArray<EventHandler> Handlers, EquatableArray<PluginFile> Plugins, EquatableArray<Contradiction> Contradictions)
{
    public static WebhookTable Of(ImmutableArray<EventHandler> handlers, ImmutableArray<PluginFile> plugins)
    {
        var contradictions = new List<Contradiction>();
        void Contradict(WebhookClass one, WebhookClass other, string rule, params string[] arguments) =>
            contradictions.Add(new(rule, one, other, arguments.ToEquatableArray()));

        var events = Alone(handlers, static handler => handler.Home, static handler => handler.Name, (one, other, name) =>
            Contradict(one, other, WebhookRules.Contradiction.Id, $"'{one.Short}' and '{other.Short}' both have the name '{name}', by "
                + "which an inbox knows them", "give one of them another name"));
        var typed = Alone(plugins, static plugin => plugin.Home, Implemented, (one, other, plugin) =>
            Contradict(one, other, WebhookRules.PluginTwice.Id, one.Short, other.Short, WebhookClass.ShortOf(plugin)));
        var named = Alone([.. typed], static plugin => plugin.Home, static plugin => plugin.Name, (one, other, name) =>
            Contradict(one, other, WebhookRules.Contradiction.Id, $"'{one.Short}' and '{other.Short}' both have the name '{name}'",
                "give one of them another name"));
        return new(events.ToEquatableArray(), named.ToEquatableArray(), contradictions.ToEquatableArray());
    }

    private static string Implemented(PluginFile plugin) => plugin.Tool is { } tool ? $"the tool '{tool}'" : plugin.Base;

    private static List<T> Alone<T>(ImmutableArray<T> items, Func<T, WebhookClass> home, Func<T, string> key,
        Action<WebhookClass, WebhookClass, string> contradict)
    {
        var alone = new List<T>();
        foreach (var same in items.OrderBy(item => home(item).File, StringComparer.Ordinal).GroupBy(key, StringComparer.Ordinal))
        {
            var group = same.ToList();
            alone.Add(group[0]);
            foreach (var other in group.Skip(1))
                contradict(home(other), home(group[0]), same.Key);
        }
        return alone;
    }
}
