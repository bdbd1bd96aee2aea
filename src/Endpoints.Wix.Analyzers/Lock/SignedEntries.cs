using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Calls;
using Endpoints.Wix.Analyzers.Symbols;
using Endpoints.Wix.Analyzers.Webhooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Creates the entries of event handlers and service plugins, which act as the app when Wix calls them.</summary>
internal static class SignedEntries
{
    private static readonly EquatableArray<string> Callers = new[] { LockedEndpoint.Wix }.ToEquatableArray();

    private static readonly EquatableArray<string> Unclear = new[] { LockedEndpoint.Unknown }.ToEquatableArray();

    /// <summary>Returns the entries of the files, and those of handlers and plugins that are registered in code.</summary>
    public static IEnumerable<(LockedEndpoint Endpoint, Location Location)> Of(Compilation compilation, WebhookOptions options,
        IEnumerable<IOperation> operations, Lazy<CallGraph> calls, CancellationToken cancellationToken) =>
        OfFiles(compilation, options, calls, cancellationToken)
            .Concat(operations.OfType<IInvocationOperation>().Select(call => Of(call, calls))
                .Where(static found => found.Endpoint is not null).Select(static found => (found.Endpoint!, found.Location)));

    private static IEnumerable<(LockedEndpoint Endpoint, Location Location)> OfFiles(Compilation compilation, WebhookOptions options,
        Lazy<CallGraph> calls, CancellationToken cancellationToken)
    {
        var readings = compilation.SyntaxTrees.Select(options.Locate).OfType<WebhookSource>()
            .Where(static source => source.Page.Kind != PageKind.Stray && !WebhookReader.IsExcluded(source))
            .Select(source => WebhookReader.Read(source, compilation, cancellationToken)).ToList();
        foreach (var reading in readings)
        {
            Location At(WebhookClass home) => WebhookReport.At([reading], home);
            INamedTypeSymbol? Class(WebhookClass home) => compilation.Assembly.GetTypeByMetadataName(home.Short.Replace("@", ""));
            foreach (var handler in reading.Handlers)
            {
                var type = Class(handler.Home);
                var methods = type is null ? [] : type.SelfAndBases().OfType<INamedTypeSymbol>().SelectMany(SignedCalls.HandlersOf)
                    .Where(method => method.Name == handler.Method);
                yield return (Entry(LockedEndpoint.Event, handler.EventType, handler.Only, type).WithCalls(CallsOf(type, methods, calls)),
                    At(handler.Home));
            }
            foreach (var plugin in reading.Plugins)
            {
                var type = Class(plugin.Home);
                var route = WebhookSymbols.RouteOf(plugin.ExtensionType, plugin.Tool);
                yield return (Entry(LockedEndpoint.Plugin, route, plugin.Only, type).WithCalls(CallsOf(type, [], calls)), At(plugin.Home));
            }
        }
    }

    // What Wix calls of a class, it calls by the interface or the base class.
    private static ReachedCalls? CallsOf(ITypeSymbol? type, IEnumerable<IMethodSymbol> handlers, Lazy<CallGraph> calls)
    {
        if (type is not INamedTypeSymbol { DeclaringSyntaxReferences.Length: > 0 } named)
            return null;
        var reached = calls.Value.From(named.OriginalDefinition, null);
        foreach (var handler in handlers)
            reached.Add(calls.Value.From(handler, null));
        return reached;
    }

    private static (LockedEndpoint? Endpoint, Location Location) Of(IInvocationOperation call, Lazy<CallGraph> calls)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        var kind = method switch
        {
            { ContainingType.Name: "WixEventServiceCollectionExtensions", Name: "AddWixEventHandler" } => LockedEndpoint.Event,
            { ContainingType.Name: "WixEventServiceCollectionExtensions", Name: "AddWixPlugin" } => LockedEndpoint.Plugin,
            _ => null,
        };
        if (kind is null)
            return (null, Location.None);
        var use = ElevateUse.Of(call);
        // The type of the event or plugin comes first; a raw event is named in text.
        var name = use.Settings.ContainsKey("eventType") ? use.Single("eventType")?.ToString() : NameOf(call.TargetMethod.TypeArguments);
        var type = call.TargetMethod.TypeArguments.LastOrDefault();
        return (Entry(kind, name, OnlyOf(use), type).WithCalls(CallsOf(type, [], calls)), use.Location ?? Location.None);
    }

    private static string? NameOf(IReadOnlyList<ITypeSymbol> types)
    {
        for (var type = types.Count > 0 ? types[0] : null; type is not null; type = type.BaseType)
        {
            if (WebhookSymbols.NameOf(type) is { } name)
            {
                return WebhookSymbols.RouteOf(name,
                    WebhookSymbols.ToolOf(types[0])?.ConstructorArguments.FirstOrDefault().Value as string);
            }
        }
        return null;
    }

    private static EquatableArray<string>? OnlyOf(ElevateUse use) =>
        use.All("Only") is { Count: > 0 } calls && !(calls.Count == 1 && calls[0] is { IsKnown: true, Value: null })
            ? calls.Select(static call => call.ToString()).ToEquatableArray()
            // What the lambda does besides may set it, or take it away.
            : use.IsPlain ? null : Unclear;

    // The nearest [WixApp] counts, as when the application runs. Without one, it acts as any of the apps that are mapped.
    private static EquatableArray<string> SettingsOf(ITypeSymbol? type) =>
        type.SelfAndBases().SelectMany(static one => one.GetAttributes())
            .FirstOrDefault(static one => one.AttributeClass is { Name: "WixAppAttribute" } named && SignedCalls.IsOurs(named))
            is { } app
            ? new[] { $"App={app.ConstructorArguments.FirstOrDefault().Value as string ?? LockedEndpoint.Unknown}" }.ToEquatableArray()
            : default;

    private static LockedEndpoint Entry(string kind, string? name, EquatableArray<string>? only, ITypeSymbol? type) =>
        new(kind, name ?? LockedEndpoint.Unknown)
        {
            Callers = Callers,
            Settings = SettingsOf(type),
            Only = only?.Distinct().OrderBy(static call => call, StringComparer.Ordinal).ToEquatableArray(),
        };
}
