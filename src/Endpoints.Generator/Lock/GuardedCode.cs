using Endpoints.Generator.Guards;
using Endpoints.Generator.Handlers;
using Endpoints.Generator.Pages;
using Endpoints.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Generator.Lock;

/// <summary>Finds the elevated endpoints of a compilation and what guards them.</summary>
internal sealed class GuardedCode
{
    private readonly Compilation _compilation;
    private readonly WixSymbols _wix;
    private readonly EndpointHandlers _handlers;
    private readonly RouteChain _routes;
    private readonly MappedAsGroup _mapped;
    private readonly CancellationToken _cancellationToken;
    private readonly List<(LockedEndpoint Endpoint, Location Location)> _found = [];

    private GuardedCode(Compilation compilation, PagesOptions pages, WixSymbols wix, CancellationToken cancellationToken)
    {
        (_compilation, _wix, _cancellationToken) = (compilation, wix, cancellationToken);
        _handlers = new EndpointHandlers(compilation, pages, wix);
        _routes = new RouteChain(wix);
        _mapped = new MappedAsGroup(compilation, _routes);
    }

    /// <summary>The elevated endpoints, and where each one's guard is written.</summary>
    public static IReadOnlyList<(LockedEndpoint Endpoint, Location Location)> Read(Compilation compilation, PagesOptions pages, CancellationToken cancellationToken)
    {
        if (WixSymbols.Find(compilation) is not { } wix)
            return [];
        var code = new GuardedCode(compilation, pages, wix, cancellationToken);
        code.AddTypes(compilation.Assembly.GlobalNamespace);
        code.AddRoutes();
        return code._found;
    }

    private void AddTypes(INamespaceOrTypeSymbol container)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
                AddTypes(inner);
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class } type)
            {
                foreach (var handler in _handlers.Of(type))
                    AddHandler(handler);
            }
        }
    }

    private void AddHandler(EndpointHandler handler)
    {
        var mapped = handler.Elevate is null ? _mapped.ElevateOf(handler.Kind, _cancellationToken) : null;
        if (handler.Elevate is null && mapped is null)
            return;

        var use = handler.Elevate is { } attribute ? ElevateUse.Of(attribute, _cancellationToken) : ElevateUse.Of(mapped!);
        var authorize = _handlers.Demands(handler);
        foreach (var (verb, route) in handler.Kind == EndpointKind.Action
            ? ActionRoutes.Of(handler)
            : handler.Verbs.Select(verb => (verb, RouteName.Parse(handler.Page!.Path).Route?.Text ?? ElevateValue.Unknown)))
        {
            Add(verb, route, use, authorize, handler.Method.Locations.Concat(handler.Class.Locations));
        }
    }

    // Every mapped route with a guard around it; then the guards that no route was seen for, so that none is missing from the lock.
    private void AddRoutes()
    {
        var (guards, used) = (new List<IInvocationOperation>(), new HashSet<SyntaxNode>());
        foreach (var kind in new[] { EndpointKind.Page, EndpointKind.Action })
        {
            if (_mapped.ElevateOf(kind, _cancellationToken) is { } elevate)
                used.Add(elevate.Syntax);
        }

        foreach (var tree in _compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var call in tree.GetRoot(_cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if ((call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText is not { } name || (name != "Elevate" && !name.StartsWith("Map", StringComparison.Ordinal)))
                    continue;
                model ??= _compilation.GetSemanticModel(tree);
                if (model.GetOperation(call, _cancellationToken) is not IInvocationOperation operation)
                    continue;
                if (_wix.IsElevateCall(operation.TargetMethod))
                    guards.Add(operation);
                else if (RouteCalls.IsMap(operation.TargetMethod) && _routes.Around(operation) is { State: GuardState.Elevated, Elevate: { } elevate } guard)
                {
                    used.Add(elevate.Syntax);
                    var route = guard.Prefix is { } prefix && RouteCalls.PatternOf(operation) is { } pattern ? RouteChain.Join(prefix, pattern) : ElevateValue.Unknown;
                    // An attribute on the handler counts before any call.
                    var own = RouteCalls.HandlerOf(operation) is { } handler ? RouteCalls.MethodOf(handler).GetAttributes().FirstOrDefault(attribute => _wix.IsElevate(attribute.AttributeClass)) : null;
                    var use = own is null ? ElevateUse.Of(elevate) : ElevateUse.Of(own, _cancellationToken);
                    foreach (var verb in RouteCalls.VerbsOf(operation))
                        Add(verb, route, use, [], []);
                }
            }
        }

        foreach (var guard in guards.Where(guard => !used.Contains(guard.Syntax) && !RouteChain.IsOnSeenRoute(guard)))
            Add(Verbs.All, $"{_routes.PrefixOf(guard) ?? ElevateValue.Unknown}/**", ElevateUse.Of(guard), [], []);
    }

    private void Add(string verb, string route, ElevateUse use, IEnumerable<string> authorize, IEnumerable<Location> places)
    {
        var endpoint = new LockedEndpoint(verb, route)
        {
            Callers = Callers(use).ToEquatableArray(),
            Limit = use.Single("RateLimit") is { } limit && !(limit.IsKnown && limit.Value is null) ? limit.ToString() : null,
            Policies = Texts(use, "Policy", "Policies"),
            Authorize = authorize.Distinct().OrderBy(static demand => demand, StringComparer.Ordinal).ToEquatableArray(),
            Checks = Texts(use, "Check", "Checks"),
            Only = use.All("Only") is { Count: > 0 } only && !(only.Count == 1 && only[0] is { IsKnown: true, Value: null }) ? Texts(use, "Only")
                : use.Settings.ContainsKey("Only") && use.All("Only").Count == 0 ? Texts(use, "Only") : null,
            Settings = use.Settings.Where(static setting => !Known.Contains(setting.Key))
                .Select(static setting => $"{setting.Key}={string.Join(",", setting.Value)}")
                .OrderBy(static setting => setting, StringComparer.Ordinal).ToEquatableArray(),
        };
        _found.Add((endpoint, use.Location ?? places.FirstOrDefault(static place => place.IsInSource) ?? Location.None));
    }

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "Callers", "RateLimit", "Policy", "Policies", "Check", "Checks", "Only" };

    private IEnumerable<string> Callers(ElevateUse use)
    {
        if (use.Callers is not { } callers)
            return [ElevateValue.Unknown];
        var kinds = _wix.CallerKinds.OrderBy(static kind => kind.Value).ToList();
        var rest = callers & ~kinds.Aggregate(0L, static (all, kind) => all | kind.Value);
        return kinds.Where(kind => (callers & kind.Value) != 0).Select(static kind => kind.Key).Concat(rest == 0 ? [] : [$"{rest}"]);
    }

    private static EquatableArray<string> Texts(ElevateUse use, params string[] names) => names
        .SelectMany(use.All)
        .Where(static value => !(value.IsKnown && value.Value is null))
        .Select(static value => value.ToString())
        .Distinct().OrderBy(static text => text, StringComparer.Ordinal).ToEquatableArray();
}
