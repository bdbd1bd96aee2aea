using System.Globalization;
using Endpoints.Shared.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>
/// Recognizes the types and members that let a handler act as the app or that lift a guard, by their symbols and never by their spelling.
/// </summary>
internal sealed class GuardSymbols(WixSymbols wix)
{
    private const string AspNetCore = "Microsoft.AspNetCore.";

    // An object of such a type lifts a guard, as metadata, filter or service.
    private static readonly HashSet<string> Unguarding = new(StringComparer.Ordinal)
    {
        AspNetCore + "Authorization.IAllowAnonymous",
        AspNetCore + "Mvc.Authorization.IAllowAnonymousFilter",
        AspNetCore + "Antiforgery.IAntiforgeryMetadata",
        AspNetCore + "Mvc.IgnoreAntiforgeryTokenAttribute",
        AspNetCore + "Mvc.DisableRequestSizeLimitAttribute",
        "Endpoints.Wix.RawBodyAttribute",
        AspNetCore + "RateLimiting.DisableRateLimitingAttribute",
        // What takes the place of authorization itself.
        AspNetCore + "Authorization.IAuthorizationService",
        AspNetCore + "Authorization.IAuthorizationEvaluator",
        AspNetCore + "Authorization.IAuthorizationHandlerProvider",
        AspNetCore + "Authorization.IAuthorizationHandlerContextFactory",
        AspNetCore + "Authorization.IAuthorizationMiddlewareResultHandler",
        AspNetCore + "Authorization.IAuthorizationPolicyProvider",
        AspNetCore + "Authorization.Policy.IPolicyEvaluator",
        // What says who callers are, and what counts their requests.
        "Endpoints.Wix.IWixTokenInfoSource",
        "Endpoints.IRateLimitStore",
    };

    // Types of which an object is an endpoint of one's own making, with the handler and without the metadata of another.
    private static readonly HashSet<string> Endpoints =
        new(StringComparer.Ordinal) { AspNetCore + "Http.Endpoint", AspNetCore + "Routing.RouteEndpoint" };

    // Lists in which guards stand.
    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        AspNetCore + "Builder.EndpointBuilder.Metadata",
        AspNetCore + "Builder.EndpointBuilder.FilterFactories",
        AspNetCore + "Mvc.MvcOptions.Filters",
        AspNetCore + "Mvc.ApplicationModels.ApplicationModel.Filters",
        AspNetCore + "Mvc.ApplicationModels.ControllerModel.Filters",
        AspNetCore + "Mvc.ApplicationModels.ActionModel.Filters",
        AspNetCore + "Mvc.ApplicationModels.IFilterModel.Filters",
        AspNetCore + "Mvc.ApplicationModels.PageApplicationModel.Filters",
        AspNetCore + "Mvc.ApplicationModels.PageApplicationModel.EndpointMetadata",
        AspNetCore + "Mvc.ApplicationModels.SelectorModel.EndpointMetadata",
        AspNetCore + "Mvc.Abstractions.ActionDescriptor.FilterDescriptors",
        AspNetCore + "Mvc.Abstractions.ActionDescriptor.EndpointMetadata",
        AspNetCore + "Mvc.Abstractions.ActionDescriptor.Properties",
    };

    // Setting one of these puts something else in the place of guards.
    private static readonly HashSet<string> Places = new(StringComparer.Ordinal)
    {
        AspNetCore + "Builder.EndpointBuilder.RequestDelegate",
        AspNetCore + "Http.Features.IEndpointFeature.Endpoint",
        AspNetCore + "Routing.RouteOptions.SuppressCheckForUnhandledSecurityMetadata",
        AspNetCore + "Mvc.Abstractions.ActionDescriptor.FilterDescriptors",
        AspNetCore + "Mvc.Abstractions.ActionDescriptor.EndpointMetadata",
        AspNetCore + "Mvc.Abstractions.ActionDescriptor.Properties",
    };

    // What can be called past all that middleware asks for.
    private static readonly HashSet<string> Answers =
        new(StringComparer.Ordinal) { AspNetCore + "Http.Endpoint.RequestDelegate", AspNetCore
            + "Builder.EndpointBuilder.RequestDelegate" };

    // What an elevated endpoint allows without saying so.
    private const long DefaultBodyLimit = 1L << 20;

    private readonly Dictionary<ITypeSymbol, string?> _types = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Returns the effect on guards of an object of a type, or of code that receives the type, or <see langword="null"/> if there is none.
    /// </summary>
    public string? Of(ITypeSymbol? type)
    {
        if (type is null or ITypeParameterSymbol)
            return null;
        if (!_types.TryGetValue(type, out var kind))
            _types[type] = kind = Look(type);
        return kind;
    }

    /// <summary>Returns the effect on guards of creating an object, or <see langword="null"/> if there is none.</summary>
    public string? Of(IObjectCreationOperation creation) => creation.Type switch
    {
        // Those whose argument says how much.
        { Name: "RequireAntiforgeryTokenAttribute" } type when IsAspNetCore(type) =>
            creation.Arguments.All(static argument => argument.Value.ConstantValue is { HasValue: true, Value: true })
                ? null : LockedEndpoint.Unguards,
        { Name: "RequestSizeLimitAttribute" } type when IsAspNetCore(type) =>
            creation.Arguments.All(static argument =>
                Conversions.Unwrapped(argument.Value).ConstantValue is { HasValue: true, Value: { } size }
                && Convert.ToDecimal(size, CultureInfo.InvariantCulture) <= DefaultBodyLimit)
                ? null : LockedEndpoint.Unguards,
        // The compiler calls the method in the place of another, whatever stands in the code.
        { Name: "InterceptsLocationAttribute" } type when type.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices" =>
            LockedEndpoint.Unguards,
        var type => Of(type),
    };

    /// <summary>
    /// Returns the effect on guards of declaring a method without a body by which code reaches past the access of a type, or
    /// <see langword="null"/> if there is none.
    /// </summary>
    public string? OfAccessor(IMethodSymbol method)
    {
        if (!method.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "UnsafeAccessorAttribute" } type
            && type.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices"))
            return null;
        foreach (var type in method.Parameters.Select(static parameter => parameter.Type).Append(method.ReturnType))
        {
            if ((Of(type) ?? OfReflected(type)) is { } kind)
                return kind;
            if (wix.Elevate is { } elevate && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, elevate.ContainingAssembly))
                return LockedEndpoint.Elevates;
        }

        // The types that the method can't name are in texts.
        return method.Parameters.SelectMany(static parameter => parameter.GetAttributes()).Concat(method.GetReturnTypeAttributes())
            .Any(static attribute => attribute.AttributeClass?.Name == "UnsafeAccessorTypeAttribute"
                && attribute.ConstructorArguments.FirstOrDefault().Value is string text
                && text.StartsWith("Endpoints.", StringComparison.Ordinal))
            ? LockedEndpoint.Elevates : null;
    }

    /// <summary>Returns the effect on guards of a method, or <see langword="null"/> if there is none.</summary>
    public string? Of(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (wix.IsElevateCall(method))
            return LockedEndpoint.Elevates;
        // Whatever the convention is: one that was taken from another endpoint may be [Elevate].
        if (method.Name == "Apply" && method.ContainingType is { Name: "IEndpointConvention" } convention
            && convention.ContainingNamespace?.ToDisplayString() == "Endpoints")
            return LockedEndpoint.Elevates;
        if (method.IsExtern && OfAccessor(method) is { } reach)
            return reach;
        if (!IsAspNetCore(method))
            return null;
        return method.Name is "DisableAntiforgery" or "DisableRateLimiting" or "SetEndpoint"
            || method.Name.StartsWith("AllowAnonymous", StringComparison.Ordinal)
            || method is { Name: "ReplaceEndpoint", ContainingType.Name: "CandidateSet" }
            ? LockedEndpoint.Unguards
            : null;
    }

    /// <summary>
    /// Returns the possible effect of a member of which the compiler knows only the name, because it is called on a <c>dynamic</c>, or
    /// <see langword="null"/> if there is none.
    /// </summary>
    public static string? Named(string name) => name switch
    {
        "Elevate" => LockedEndpoint.Elevates,
        "AllowAnonymous" or "DisableAntiforgery" or "DisableRateLimiting" or "SetEndpoint" or "ReplaceEndpoint" or "Metadata"
            or "EndpointMetadata" or "RequestDelegate"
            or "FilterFactories" or "Filters" or "FilterDescriptors" or "Callers" or "RateLimit" or "Policy" or "Check" or "Only" =>
                LockedEndpoint.Unguards,
        _ => null,
    };

    /// <summary>
    /// Returns the possible effect of a text that names a type for reflection, or <see langword="null"/> if there is none.
    /// </summary>
    public static string? InText(string text) =>
        text.Contains("ElevateAttribute") || text.Contains("ElevateOptions") || text.Contains("ElevateEndpointConventionBuilderExtensions")
            ? LockedEndpoint.Elevates
        : text.Contains("AllowAnonymousAttribute") || text.Contains("AuthorizationEndpointConventionBuilderExtensions")
            ? LockedEndpoint.Unguards
        : null;

    /// <summary>Determines whether a service may check or enforce guards, so that it must not be removed.</summary>
    public static bool IsGuarding(ITypeSymbol service) =>
        service.Name is "IStartupFilter" or "MatcherPolicy" or "IActionDescriptorProvider" or "IFilterProvider" or "IAuthorizationHandler"
            || Unguarding.Contains(NameOf(service));

    /// <summary>Determines whether a property is a list that contains guards.</summary>
    public static bool IsList(IPropertySymbol property) => IsAny(property, Lists);

    /// <summary>Determines whether setting a property replaces guards.</summary>
    public bool IsPlace(IPropertySymbol property) => IsSetting(property) || IsAny(property, Places);

    /// <summary>Determines whether a property is a setting of <c>[Elevate]</c> or <c>.Elevate(...)</c>.</summary>
    public bool IsSetting(IPropertySymbol property) =>
        wix.IsElevate(property.ContainingType) || wix.IsElevateOptions(property.ContainingType);

    /// <summary>Determines whether a type is the feature that holds the endpoint that routing selected.</summary>
    public static bool HoldsEndpoint(ITypeSymbol type) => NameOf(type) == AspNetCore + "Http.Features.IEndpointFeature";

    /// <summary>
    /// Returns the possible effect on guards of code that names a type in order to reflect on it, or <see langword="null"/> if there is
    /// none.
    /// </summary>
    public string? OfReflected(ITypeSymbol type) =>
        HoldsEndpoint(type) ? LockedEndpoint.Unguards : wix.IsElevateOptions(type) ? LockedEndpoint.Elevates : null;

    /// <summary>Determines whether a property is the delegate by which an endpoint answers.</summary>
    public static bool IsAnswer(IPropertySymbol property) => IsAny(property, Answers);

    private string? Look(ITypeSymbol type)
    {
        if (wix.IsElevate(type))
            return LockedEndpoint.Elevates;
        if (type.Name == "ElevateEndpointConventionBuilderExtensions"
            && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, wix.Elevate?.ContainingAssembly))
            return LockedEndpoint.Elevates;
        if (type is { TypeKind: TypeKind.Class or TypeKind.Struct })
        {
            if (Endpoints.Contains(NameOf(type)))
                return LockedEndpoint.Unguards;
            for (var at = type; at is not null; at = at.BaseType)
            {
                if (Unguarding.Contains(NameOf(at)))
                    return LockedEndpoint.Unguards;
            }
            if (type.Name != "RequireAntiforgeryTokenAttribute" && type.AllInterfaces.Any(static face => Unguarding.Contains(NameOf(face))))
                return LockedEndpoint.Unguards;
        }
        var arguments = type switch
        {
            IArrayTypeSymbol => default,
            INamedTypeSymbol named when !IsOf(named, "System.") && !IsOf(named, "Microsoft.Extensions.") => named.TypeArguments,
            _ => default,
        };
        return arguments.IsDefaultOrEmpty ? null : arguments.Select(Of).FirstOrDefault(static kind => kind is not null);
    }

    private static bool IsAny(IPropertySymbol property, HashSet<string> names)
    {
        for (var at = property; at is not null; at = at.OverriddenProperty)
        {
            if (names.Contains($"{NameOf(at.ContainingType)}.{at.Name}"))
                return true;
        }
        return false;
    }

    private static string NameOf(ITypeSymbol type) => type.OriginalDefinition.ContainingNamespace is { IsGlobalNamespace: false } space
        ? $"{space.ToDisplayString()}.{type.MetadataName}" : type.MetadataName;

    private static bool IsAspNetCore(ISymbol symbol) => IsOf(symbol, AspNetCore);

    private static bool IsOf(ISymbol symbol, string assembly) =>
        symbol.ContainingAssembly?.Name.StartsWith(assembly, StringComparison.Ordinal) == true;
}
