using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Determines whether all pages, or all controllers, are guarded together: <c>app.MapFileRoutes().Elevate(...)</c>.</summary>
/// <remarks>Searching the compilation is expensive, so it is done once, and only on demand.</remarks>
internal sealed class MappedAsGroup(Compilation compilation, RouteChain routes)
{
    private readonly object _gate = new();
    private IReadOnlyList<(EndpointKind Kind, RouteGuard Guard)>? _calls;

    /// <summary>Determines whether the endpoints of a kind are, or may be, guarded where they are mapped.</summary>
    public bool IsGuarded(EndpointKind kind, CancellationToken cancellationToken) =>
        Calls(cancellationToken).Any(call => call.Kind == kind && call.Guard.State != GuardState.None);

    /// <summary>Returns the <c>.Elevate(...)</c> on all endpoints of a kind, or <see langword="null"/> if there is none.</summary>
    public IInvocationOperation? ElevateOf(EndpointKind kind, CancellationToken cancellationToken) =>
        Calls(cancellationToken).Where(call => call.Kind == kind).Select(static call => call.Guard.Elevate)
            .FirstOrDefault(static elevate => elevate is not null);

    private IReadOnlyList<(EndpointKind Kind, RouteGuard Guard)> Calls(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _calls ??= Find(cancellationToken);
    }

    private List<(EndpointKind, RouteGuard)> Find(CancellationToken cancellationToken)
    {
        var calls = new List<(EndpointKind, RouteGuard)>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var call in tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (KindOf(call) is not { } kind)
                    continue;
                model ??= compilation.GetSemanticModel(tree);
                if (model.GetOperation(call, cancellationToken) is IInvocationOperation operation)
                    calls.Add((kind, routes.Around(operation)));
            }
        }
        return calls;
    }

    private static EndpointKind? KindOf(InvocationExpressionSyntax call) => (call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax member => member.Name,
        var name => name as SimpleNameSyntax,
    })?.Identifier.ValueText switch
    {
        "MapFileRoutes" => EndpointKind.Page,
        "MapControllers" or "MapControllerRoute" or "MapDefaultControllerRoute" or "MapAreaControllerRoute" => EndpointKind.Action,
        "MapRazorPages" => EndpointKind.RazorPage,
        _ => null,
    };
}
