using Endpoints.Shared.Lock;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>
/// Determines whether an operation demands something of callers, as <c>[Authorize]</c> does, where no endpoint's entry shows it. Its loss
/// would otherwise open endpoints unseen.
/// </summary>
/// <param name="routes">The routes.</param>
/// <param name="groupsAreElevated">
/// <see langword="true"/> if routes may be elevated by a group that only the callers of their method know; otherwise,
/// <see langword="false"/>.
/// </param>
internal sealed class DemandUses(RouteChain routes, bool groupsAreElevated)
{
    private const string Filter = "Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter";

    // Properties by which [Authorize] and its like say what they demand.
    private static readonly HashSet<string> Settings =
        new(StringComparer.Ordinal) { "Policy", "Roles", "AuthenticationSchemes" };

    /// <summary>Returns the effect of an operation, or <see langword="null"/> if it has none.</summary>
    public string? Of(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Constructor, ContainingType: var type } } =>
            HeldAttributes.IsDemand(type),
        IInvocationOperation call => (RouteDemands.IsDemand(call) && !IsInEntry(call)) || IsPageDemand(call.TargetMethod)
            || call.TargetMethod.TypeArguments.Any(IsFilter),
        IMethodReferenceOperation reference => RouteDemands.IsRequire(reference.Method),
        IDynamicMemberReferenceOperation { MemberName: "RequireAuthorization" } => true,
        IObjectCreationOperation creation => (HeldAttributes.IsDemand(creation.Type) || IsFilter(creation.Type)) && !IsGiven(creation),
        ITypeOfOperation type => IsFilter(type.TypeOperand),
        IPropertyReferenceOperation { Property: var property, Parent: ISimpleAssignmentOperation set } reference =>
            set.Target == reference && Settings.Contains(property.Name) && HeldAttributes.IsDemand(property.ContainingType)
            && set.Parent is not IObjectOrCollectionInitializerOperation,
        _ => false,
    } ? LockedEndpoint.Requires : null;

    /// <summary>
    /// Determines whether the class of an attribute says here what the attribute demands, wherever it stands. Its uses are told by the
    /// entries of the endpoints.
    /// </summary>
    public static bool IsOfClass(IOperation operation) =>
        operation is IPropertyReferenceOperation or IInvocationOperation { TargetMethod.MethodKind: MethodKind.Constructor };

    // Whether the entry of each endpoint that it may concern has it, or it can concern none that is elevated.
    private bool IsInEntry(IInvocationOperation call)
    {
        if (CallChain.MappedBy(call, CallChain.IsMap) is not { } map || !RouteDemands.IsCertain(call, map))
            return false;
        // What is mapped together has attributes of its own, before which a call on all of it is not looked at.
        if (map.TargetMethod.Name is "MapFileRoutes" or "MapRazorPages" || map.TargetMethod.Name.Contains("Controller"))
            return false;
        return routes.On(map) switch
        {
            GuardState.Elevated => true,
            GuardState.Unseen => false,
            _ => !groupsAreElevated || routes.Around(map).State != GuardState.Unseen,
        };
    }

    // Given to a call that is looked at as a whole.
    private static bool IsGiven(IOperation made)
    {
        var at = made.Parent;
        while (at is IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation)
            at = at.Parent;
        return at is IArgumentOperation { Parent: IInvocationOperation call } && RouteDemands.IsDemand(call);
    }

    private static bool IsPageDemand(IMethodSymbol method) =>
        method.Name is "AuthorizePage" or "AuthorizeFolder" or "AuthorizeAreaPage" or "AuthorizeAreaFolder"
        && method.ContainingAssembly?.Name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true;

    private static bool IsFilter(ITypeSymbol? type) => type.SelfAndBases().Any(static at => at.ToDisplayString() == Filter);
}
