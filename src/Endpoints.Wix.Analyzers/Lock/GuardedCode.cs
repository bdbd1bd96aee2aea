using Endpoints.Shared.Collections;
using Endpoints.Shared.Handlers;
using Endpoints.Shared.Lock;
using Endpoints.Shared.Naming;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Calls;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Endpoints.Wix.Analyzers.Webhooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Finds the elevated endpoints of a compilation and their guards, and all other code that elevates or lifts a guard.</summary>
internal sealed class GuardedCode
{
    private readonly Compilation _compilation;
    private readonly WixSymbols _wix;
    private readonly EndpointHandlers _handlers;
    private readonly RouteChain _routes;
    private readonly MappedAsGroup _mapped;
    private readonly IReadOnlyList<IOperation> _operations;
    private readonly Lazy<CallGraph> _calls;
    private readonly CancellationToken _cancellationToken;
    private readonly List<(LockedEndpoint Endpoint, Location Location)> _found = [];

    // What an endpoint's entry tells in full: attributes, calls.
    private readonly HashSet<SyntaxNode> _told = [];

    private readonly HashSet<(string Verb, string Route)> _elevatedPages = [];

    // Whether something is elevated that other routes may be mapped on.
    private bool _groupsAreElevated;

    // Calls on a route or group that only the callers of their method know.
    private readonly List<IOperation> _open = [];

    private GuardedCode(Compilation compilation, PagesOptions pages, WixSymbols wix, CancellationToken cancellationToken)
    {
        (_compilation, _wix, _cancellationToken) = (compilation, wix, cancellationToken);
        _handlers = new EndpointHandlers(compilation, pages, wix);
        _routes = new RouteChain(wix);
        _mapped = new MappedAsGroup(compilation, _routes);
        _operations = [.. SourceOperations.Of(compilation, cancellationToken)];
        _calls = new(() => new CallGraph(compilation, wix, _operations, cancellationToken));
    }

    /// <summary>Returns the elevated endpoints, and the locations of their guards.</summary>
    public static IReadOnlyList<(LockedEndpoint Endpoint, Location Location)> Read(Compilation compilation, PagesOptions pages,
        CancellationToken cancellationToken) =>
        [.. ReadAll(compilation, pages, cancellationToken).Where(static found => found.Endpoint.Code is null)];

    /// <summary>
    /// Returns all entries of the lock: the endpoints, then the code that elevates or lifts a guard and is not covered by an endpoint's
    /// entry.
    /// </summary>
    /// <remarks>
    /// If nothing elevates, lifted guards are not included: the lock is about elevation, unless every endpoint file must declare who may
    /// call it.
    /// </remarks>
    /// <param name="compilation">The compilation.</param>
    /// <param name="pages">The locations of endpoint files.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <param name="accesses">
    /// The declarations of who may call the endpoint files, if they are required; otherwise, <see langword="null"/>.
    /// </param>
    /// <param name="webhooks">The locations of event and plugin files, or <see langword="null"/> to leave out what Wix calls.</param>
    public static IReadOnlyList<(LockedEndpoint Endpoint, Location Location)> ReadAll(
        Compilation compilation, PagesOptions pages, CancellationToken cancellationToken, IReadOnlyList<EndpointAccess>? accesses = null,
        WebhookOptions? webhooks = null)
    {
        var wix = WixSymbols.Find(compilation);
        if (wix is null && accesses is null)
            return [];
        wix ??= WixSymbols.None;
        var code = new GuardedCode(compilation, pages, wix, cancellationToken);
        code.AddTypes(compilation.Assembly.GlobalNamespace);
        foreach (var access in accesses ?? [])
            code.AddAccess(access);
        code.AddRoutes();
        if (webhooks is not null)
            code._found.AddRange(SignedEntries.Of(compilation, webhooks, code._operations, code._calls, cancellationToken));
        foreach (var folder in code._handlers.Folders)
            code.TellElevate(folder);
        var demands = new DemandUses(code._routes, code._groupsAreElevated);
        var rest = new UnmappedCode(compilation, pages, wix, code._routes, demands, code._told)
            .Find(code._operations, code._open, cancellationToken);
        code._found.AddRange(rest);
        return accesses?.Count > 0 || code._found.Exists(static found => found.Endpoint.IsElevated)
            ? code._found : [.. code._found.Where(static found => found.Endpoint.Code is null)];
    }

    private void TellElevate(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes().Where(attribute => _wix.IsElevate(attribute.AttributeClass)))
            Tell(attribute);
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
        // Of those that stand there the nearest counts, and is in the endpoint's entry.
        for (var at = handler.Method; at is not null; at = at.OverriddenMethod)
            TellElevate(at);
        for (var at = handler.Class; at is not null; at = at.BaseType)
            TellElevate(at);

        var mapped = handler.Elevate is null ? _mapped.ElevateOf(handler.Kind, _cancellationToken) : null;
        if (handler.Elevate is null && mapped is null)
            return;

        var use = handler.Elevate is { } attribute ? ElevateUse.Of(attribute, _cancellationToken) : ElevateUse.Of(mapped!);
        var authorize = Demands(_handlers.AttributesOf(handler), mapped);
        var calls = _calls.Value.From(handler.Method, handler.Method.IsStatic ? null : handler.Class);
        foreach (var (verb, route) in handler.Kind == EndpointKind.Action
            ? ActionRoutes.Of(handler)
            : handler.Verbs.Select(verb => (verb, RouteName.Parse(handler.Page!.Path).Route?.Text ?? ElevateValue.Unknown)))
        {
            Add(verb, route, use, authorize, handler.Method.Locations.Concat(handler.Class.Locations), calls);
            if (handler.Kind == EndpointKind.Page)
                _elevatedPages.Add((verb, route));
        }
    }

    private void AddAccess(EndpointAccess access)
    {
        if (!access.IsSaid || _elevatedPages.Contains((access.Verb, access.Route)))
            return;
        if (access.Elevate is { } elevate)
        {
            Add(access.Verb, access.Route, ElevateUse.Of(elevate, _cancellationToken), access.Entry.Authorize, [access.Location], null);
            return;
        }
        _found.Add((access.Entry, access.Location));
        // The entry tells it in full; what derives from it may lift other guards as well.
        foreach (var anonymous in access.Attributes.Where(
            static attribute =>
                attribute.AttributeClass?.ToDisplayString() == "Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute"))
            Tell(anonymous);
    }

    // Every mapped route with a guard around it; then the guards that no route was seen for, so that none is missing from the lock.
    private void AddRoutes()
    {
        var (guards, used) = (new List<IInvocationOperation>(), new Dictionary<SyntaxNode, IInvocationOperation>());
        foreach (var kind in new[] { EndpointKind.Page, EndpointKind.Action })
        {
            if (_mapped.ElevateOf(kind, _cancellationToken) is { } elevate)
                used[elevate.Syntax] = elevate;
        }
        var mapped = used.Keys.ToList();

        foreach (var operation in _operations.OfType<IInvocationOperation>())
        {
            if (_wix.IsElevateCall(operation.TargetMethod))
                guards.Add(operation);
            else if (RouteCalls.IsMap(operation.TargetMethod)
                && _routes.Around(operation) is { State: GuardState.Elevated, Elevate: { } elevate } guard)
            {
                used[elevate.Syntax] = elevate;
                var route = guard.Prefix is { } prefix && RouteCalls.PatternOf(operation) is { } pattern
                    ? RouteChain.Join(prefix, pattern) : ElevateValue.Unknown;
                if (guard.Prefix is null)
                    _open.Add(operation);
                // An attribute on the handler counts before any call.
                var attributes = RouteCalls.HandlerOf(operation) is { } handler ? RouteCalls.MethodOf(handler).GetAttributes() : [];
                var own = attributes.FirstOrDefault(attribute => _wix.IsElevate(attribute.AttributeClass));
                Tell(own);
                var use = own is null ? ElevateUse.Of(elevate) : ElevateUse.Of(own, _cancellationToken);
                var authorize = Demands(attributes, operation);
                var calls = RouteCalls.GivenHandlerOf(operation) is { } given ? _calls.Value.From(given) : null;
                foreach (var verb in RouteCalls.VerbsOf(operation))
                    Add(verb, route, use, authorize, [], calls);
            }
        }

        _groupsAreElevated = guards.Exists(static guard => CallChain.MappedBy(guard, CallChain.IsMap) is not { } map
            || map.TargetMethod.Name == "MapGroup");
        // What is called on all pages or controllers guards those of libraries too, and so is no mere part of the entries.
        _told.UnionWith(used.Keys.Except(mapped));
        foreach (var guard in guards.Where(guard => !used.ContainsKey(guard.Syntax)))
        {
            if (CallChain.IsOnSeenRoute(guard))
            {
                // Of several guards on one route the last counts, if it is certain to come to it.
                if (used.Values.Any(last => CallChain.IsReplaced(guard, last)))
                    _told.Add(guard.Syntax);
            }
            else if (_routes.PrefixOf(guard) is { } prefix)
            {
                _told.Add(guard.Syntax);
                Add(Verbs.All, $"{prefix}/**", ElevateUse.Of(guard), RouteDemands.Around(guard), [], null);
            }
        }
    }

    private static IReadOnlyList<string> Demands(IReadOnlyCollection<AttributeData> attributes, IInvocationOperation? mapped) =>
        attributes.Any(HeldAttributes.IsAnonymous)
            ? [] : [.. EndpointHandlers.Demands(attributes), .. mapped is null ? [] : RouteDemands.Around(mapped)];

    private void Tell(AttributeData? attribute)
    {
        if (attribute?.ApplicationSyntaxReference?.GetSyntax(_cancellationToken) is { } syntax)
            _told.Add(syntax);
    }

    private void Add(string verb, string route, ElevateUse use, IEnumerable<string> authorize, IEnumerable<Location> places,
        ReachedCalls? calls)
    {
        var endpoint =
            LockedGuards.Of(
                new(verb, route) { Authorize = authorize.Distinct().OrderBy(static demand => demand, StringComparer.Ordinal)
                    .ToEquatableArray() }, use, _wix).WithCalls(calls);
        _found.Add((endpoint, use.Location ?? places.FirstOrDefault(static place => place.IsInSource) ?? Location.None));
    }
}
