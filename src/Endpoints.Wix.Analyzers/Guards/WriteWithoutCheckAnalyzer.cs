using System.Collections.Concurrent;
using System.Collections.Immutable;
using Endpoints.Wix.Analyzers.Requests;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds elevated endpoints that change the resource that their route names without checking its owner.</summary>
/// <remarks>
/// Visitors and members share a site, so a resource that one of them names may belong to another. Users and apps act on their own site,
/// where they may manage everything. The account's API key is the exception, because it acts on one site regardless of the caller.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class WriteWithoutCheckAnalyzer() : GuardAnalyzer(GuardRules.WriteWithoutCheck)
{
    /// <summary>The name of the diagnostic property that contains the route parameter, for the code fix.</summary>
    public const string ResourceProperty = "Resource";

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        context.RegisterSymbolAction(
            symbol =>
            {
                foreach (var endpoint in scope.Handlers.WithRazorPages((INamedTypeSymbol)symbol.Symbol))
                {
                    if (endpoint.Verbs.Any(IsWrite))
                        Check(endpoint, scope, symbol.ReportDiagnostic, symbol.CancellationToken);
                }
            },
            SymbolKind.NamedType);

        // A handler of GET that changes something does so for whoever may call it; one report is enough.
        var reported = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(
            operation =>
            {
                if (WixWrites.NameOf(operation.Operation, scope.Wix) is not null
                    && operation.ContainingSymbol is IMethodSymbol { ContainingType: { } type } method
                    && scope.Handlers.WithRazorPages(type)
                        .FirstOrDefault(endpoint => SymbolEqualityComparer.Default.Equals(endpoint.Method, method)) is { } endpoint
                    && !endpoint.Verbs.Any(IsWrite) && reported.TryAdd(method, true))
                {
                    Check(endpoint, scope, operation.ReportDiagnostic, operation.CancellationToken);
                }
            },
            OperationKind.Invocation,
            OperationKind.MethodReference);
        context.RegisterOperationAction(operation => OnRoute(operation, scope), OperationKind.Invocation);
    }

    private static void Check(EndpointHandler endpoint, GuardScope scope, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (NamedResources.Of(endpoint) is not { } resource)
            return;
        var elevate = endpoint.Elevate is { } attribute ? ElevateUse.Of(attribute, cancellationToken)
            : scope.Mapped.ElevateOf(endpoint.Kind, cancellationToken) is { } call ? ElevateUse.Of(call) : null;
        if (elevate is null || !IsOpen(elevate, endpoint.Class.InstanceConstructors.Append(endpoint.Method), scope))
            return;
        var place = endpoint.Method.Locations.Concat(endpoint.Class.Locations).FirstOrDefault(static location => location.IsInSource);
        Report(report, place, elevate, $"{endpoint.Class.Name}.{endpoint.Method.Name}", resource, scope);
    }

    private static void OnRoute(OperationAnalysisContext context, GuardScope scope)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!RouteCalls.IsMap(call.TargetMethod))
            return;
        var handler = RouteCalls.HandlerOf(call);
        var method = handler is null ? null : RouteCalls.MethodOf(handler);
        if (!RouteCalls.VerbsOf(call).Any(IsWrite)
            && !(handler is not null && RouteCalls.BodyOf(handler) is { } body && WixWrites.In(body, scope.Wix).Any()))
            return;
        if (scope.Routes.Around(call) is not { State: GuardState.Elevated, Elevate: { } guard } around
            || NamedResources.Of(around.Prefix, RouteCalls.PatternOf(call), method) is not { } resource)
        {
            return;
        }

        // An attribute on the handler counts before any call.
        var elevate = method?.GetAttributes().FirstOrDefault(attribute => scope.Wix.IsElevate(attribute.AttributeClass)) is { } own
            ? ElevateUse.Of(own, context.CancellationToken)
            : ElevateUse.Of(guard);
        if (IsOpen(elevate, method is null ? [] : [method], scope))
            Report(context.ReportDiagnostic, RouteCalls.PlaceOf(call), elevate, RouteCalls.NameOf(call), resource, scope);
    }

    private static bool IsWrite(string verb) => verb is not ("GET" or "HEAD" or "OPTIONS" or "TRACE");

    // Whether nothing decides about the resource, and somebody may call to whom it may not belong.
    private static bool IsOpen(ElevateUse elevate, IEnumerable<IMethodSymbol> takes, GuardScope scope)
    {
        var isChecked = elevate.Single("Check") is { } check
            ? !(check.IsKnown && check.Value is null) : elevate.Settings.ContainsKey(ElevateUse.Configuration);
        if (isChecked)
            return false;
        var own = scope.Wix.CallerKinds.Where(static kind => kind.Key is "User" or "App" or "Service")
            .Aggregate(0L, static (all, kind) => all | kind.Value);
        return elevate.Callers is not { } callers || (callers & ~own) != 0
            || takes.SelectMany(scope.Asked).Any(asked => scope.Wix.IsAccountKey(asked.Type));
    }

    private static void Report(Action<Diagnostic> report, Location? place, ElevateUse elevate, string name, string resource,
        GuardScope scope)
    {
        var kinds = scope.Wix.CallerKinds.Where(kind => ((elevate.Callers ?? 0) & kind.Value) != 0).OrderBy(static kind => kind.Value)
            .Select(static kind => kind.Key).ToList();
        report(Diagnostic.Create(
            GuardRules.WriteWithoutCheck,
            place ?? elevate.Location,
            elevate.Location is { IsInSource: true } written ? [written] : null,
            ImmutableDictionary<string, string?>.Empty.Add(ResourceProperty, resource),
            name,
            resource,
            kinds.Count == 0 ? "callers that can't be seen here" : string.Join(", ", kinds)));
    }
}
