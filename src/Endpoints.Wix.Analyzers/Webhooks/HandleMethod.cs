using Endpoints.Shared.Collections;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Finds the method of a class that handles an event, and mistakes in its form.</summary>
internal sealed class HandleMethod(IMethodSymbol method, WebhookSymbols symbols, WebhookFindings findings, TextSpan anchor)
{
    private static readonly HashSet<string> OfRequests = new(StringComparer.Ordinal)
    {
        "HttpContext", "HttpRequest", "HttpResponse", "ClaimsPrincipal", "ApiContext", "IFormFile", "IFormFileCollection",
        "IFormCollection", "Stream", "PipeReader",
    };

    private static readonly HashSet<string> Bindings = new(StringComparer.Ordinal)
    {
        "FromBodyAttribute", "FromQueryAttribute", "FromRouteAttribute", "FromHeaderAttribute", "FromFormAttribute",
        "AsParametersAttribute",
    };

    /// <summary>Gets the parameter that takes the event, or <see langword="null"/> if there is none.</summary>
    public IParameterSymbol? Event { get; } = method.Parameters.FirstOrDefault(parameter => symbols.IsEvent(parameter.Type));

    private string Name => method.Name;

    /// <summary>Returns the methods of a class, and of its base classes, that have the name of a handler.</summary>
    public static IReadOnlyList<IMethodSymbol> Of(INamedTypeSymbol type)
    {
        var methods = new List<IMethodSymbol>();
        for (INamedTypeSymbol? at = type; at is { SpecialType: not SpecialType.System_Object }; at = at.BaseType)
        {
            methods.AddRange(SignedCalls.HandlersOf(at).Where(method => !methods.Exists(derived => Hides(derived, method))).ToList());
        }
        return [.. methods.OrderBy(method => method.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0)];
    }

    /// <summary>Determines whether the method's result is waited for; reports a result that nobody could take.</summary>
    public bool IsAwaited()
    {
        if (method.ReturnsVoid)
        {
            if (method.IsAsync)
            {
                Refuse(findings.Place((Syntax as MethodDeclarationSyntax)?.ReturnType, Place),
                    "it is async void", "Wix would get its answer before it is done, so return a Task");
            }
            return false;
        }
        if (method.ReturnType is INamedTypeSymbol { Arity: 0, Name: "Task" or "ValueTask" } type
            && type.ContainingNamespace?.ToDisplayString() == "System.Threading.Tasks")
            return true;
        Refuse(findings.Place((Syntax as MethodDeclarationSyntax)?.ReturnType, Place),
            $"it returns '{Short(method.ReturnType)}'", "Wix takes no answer to an event, so return nothing, a Task or a ValueTask");
        return false;
    }

    /// <summary>Reports forms of the method that can't be called.</summary>
    public void CheckForm()
    {
        if (method.DeclaredAccessibility != Accessibility.Public)
            Refuse(Place, "it is not public", "make it public");
        if (method.IsGenericMethod)
            Refuse(Place, "it is generic", "nobody says which types to use, so name them");
        if (method.IsAbstract)
            Refuse(Place, "it is abstract", "write what it does");
    }

    /// <summary>Returns the arguments of the method; reports parameters that nothing can be given for.</summary>
    public EquatableArray<HandlerArgument> Arguments() => method.Parameters.Select(Argument).ToEquatableArray();

    private SyntaxNode? Syntax => method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();

    private TextSpan Place => findings.Place(method, anchor);

    private HandlerArgument Argument(IParameterSymbol parameter)
    {
        var place = findings.Place(parameter, Place);
        if (parameter.RefKind != RefKind.None)
        {
            var passing = parameter.RefKind is RefKind.Out ? "out" : parameter.RefKind == RefKind.Ref ? "ref" : "in";
            Refuse(place, $"its parameter '{parameter.Name}' is passed by '{passing}'", "take it by value");
        }
        if (SymbolEqualityComparer.Default.Equals(parameter, Event))
            return new(ArgumentKind.Event);
        if (parameter.Type is { Name: "CancellationToken" } && parameter.Type.ContainingNamespace?.ToDisplayString() == "System.Threading")
            return new(ArgumentKind.Cancellation);

        if (Objection(parameter) is var (reason, remedy))
            findings.Add(WebhookRules.NotAService, place, parameter.Name, $"{method.ContainingType.Name}.{Name}", reason, remedy);
        var type = parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
            .ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return new(ArgumentKind.Service, type,
            parameter.HasExplicitDefaultValue || parameter.NullableAnnotation == NullableAnnotation.Annotated, Key(parameter));
    }

    private (string Reason, string Remedy)? Objection(IParameterSymbol parameter)
    {
        var type = parameter.Type;
        if (symbols.IsEvent(type))
            return ("a handler takes one event", "write a class for each");
        if (parameter.GetAttributes().Any(static attribute => attribute.AttributeClass is { } binding && Bindings.Contains(binding.Name))
            || OfRequests.Contains(type.Name))
            return ("no caller's request stands behind an event", "read it from the event, or take a service");
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Delegate }
            || type.SpecialType is SpecialType.System_String or SpecialType.System_Object)
            return ($"'{Short(type)}' is no service", "read it from the event, or take a service or options that have it");
        return null;
    }

    private static string? Key(IParameterSymbol parameter) =>
        parameter.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.Name == "FromKeyedServicesAttribute")
            ?.ConstructorArguments.FirstOrDefault() is { IsNull: false } key ? key.ToCSharpString() : null;

    private void Refuse(TextSpan at, string reason, string remedy) =>
        findings.Add(WebhookRules.MethodCannotHandle, at, Name, reason, remedy);

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static bool Hides(IMethodSymbol derived, IMethodSymbol method) =>
        derived.Name == method.Name && derived.Parameters.Length == method.Parameters.Length
        && derived.Parameters.Zip(method.Parameters, static (a, b) => a.Type.Equals(b.Type, SymbolEqualityComparer.Default))
            .All(static same => same);
}
