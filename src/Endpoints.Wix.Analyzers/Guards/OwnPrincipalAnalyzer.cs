using Endpoints.Wix.Analyzers.Routes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>
/// Finds code that creates principals, claims or a scheme that look like Wix's. Code that reads them would treat them as confirmed by Wix.
/// </summary>
/// <remarks>Reading them, and authenticating with the scheme, is their intended use.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OwnPrincipalAnalyzer() : GuardAnalyzer(GuardRules.OwnPrincipal)
{
    private const string Scheme = "Wix";
    private const string Claims = "wix:";

    private static readonly HashSet<string> SchemeParameters =
        new(StringComparer.Ordinal) { "authenticationType", "authenticationScheme", "scheme", "type", "name" };

    private static readonly HashSet<string> ClaimParameters = new(StringComparer.Ordinal) { "type", "claimType" };

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        context.RegisterOperationAction(
            operation =>
            {
                var creation = (IObjectCreationOperation)operation.Operation;
                if (creation.Constructor is { } constructor)
                    Check(operation, constructor, creation.Arguments);
            },
            OperationKind.ObjectCreation);
        // A constructor that calls its base's is an invocation.
        context.RegisterOperationAction(
            operation => Check(operation, ((IInvocationOperation)operation.Operation).TargetMethod,
                ((IInvocationOperation)operation.Operation).Arguments), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, IMethodSymbol method, IEnumerable<IArgumentOperation> arguments)
    {
        var (makesIdentity, makesClaim) = (MakesIdentity(method), MakesClaim(method));
        if (!makesIdentity && !makesClaim)
            return;
        foreach (var argument in arguments)
        {
            if (argument.Value.ConstantValue is not { HasValue: true, Value: string text } || argument.Parameter?.Name is not { } name)
                continue;
            var isOwn = (makesIdentity && SchemeParameters.Contains(name) && text == Scheme)
                || (makesClaim && ClaimParameters.Contains(name) && text.StartsWith(Claims, StringComparison.OrdinalIgnoreCase));
            if (isOwn)
                context.ReportDiagnostic(Diagnostic.Create(GuardRules.OwnPrincipal, argument.Value.Syntax.GetLocation(), text));
        }
    }

    private static bool MakesIdentity(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.Constructor } => IsOrDerives(method.ContainingType, "ClaimsIdentity")
            || method.ContainingType.Name is "AuthenticationTicket" or "SignInResult" or "AuthenticationScheme",
        { Name: "SignInAsync" or "SignIn" } => IsOfFramework(method),
        _ => method.Name.StartsWith("Add", StringComparison.Ordinal)
            && ((method.ReducedFrom ?? method).ContainingType.Name is "AuthenticationBuilder" or "AuthenticationOptions"
            || ((method.ReducedFrom ?? method) is { IsExtensionMethod: true, Parameters: { Length: > 0 } parameters }
                && parameters[0].Type.Name == "AuthenticationBuilder")),
    };

    private static bool MakesClaim(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Constructor ? IsOrDerives(method.ContainingType, "Claim")
        : method.Name.StartsWith("Map", StringComparison.Ordinal) && IsOfFramework(method)
            && method.Parameters.Any(static parameter => parameter.Name == "claimType");

    private static bool IsOfFramework(IMethodSymbol method) =>
        method.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.", StringComparison.Ordinal) == true;

    private static bool IsOrDerives(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == name && type.ContainingNamespace?.ToDisplayString() == "System.Security.Claims")
                return true;
        }
        return false;
    }
}
