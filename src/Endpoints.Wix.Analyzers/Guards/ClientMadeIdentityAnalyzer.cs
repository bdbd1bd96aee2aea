using Endpoints.Wix.Analyzers.Requests;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds code that would derive an identity, or the grants of one, from a client's input.</summary>
/// <remarks>The library rejects such code at run time; the analyzer reports it where it is written.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ClientMadeIdentityAnalyzer() : GuardAnalyzer(GuardRules.ClientMadeIdentity)
{
    private static readonly HashSet<string> Sources =
        new(StringComparer.Ordinal) { "FromQueryAttribute", "FromRouteAttribute", "FromHeaderAttribute", "FromFormAttribute",
            "FromBodyAttribute" };

    private static readonly HashSet<string> Readers = new(StringComparer.Ordinal)
    {
        "Deserialize", "DeserializeAsync", "DeserializeAsyncEnumerable", "DeserializeObject", "ReadFromJsonAsync", "GetFromJsonAsync",
        "ReadFromJsonAsAsyncEnumerable",
    };

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        // Wherever it stands: an attribute that says where a value comes from is only read by what binds requests.
        context.RegisterSymbolAction(symbol => OnMarked(symbol.Symbol, ((IPropertySymbol)symbol.Symbol).Type, symbol.ReportDiagnostic),
            SymbolKind.Property);
        context.RegisterSymbolAction(symbol => OnMarked(symbol.Symbol, ((IParameterSymbol)symbol.Symbol).Type, symbol.ReportDiagnostic),
            SymbolKind.Parameter);
        context.RegisterOperationAction(
            operation =>
            {
                foreach (var parameter in ((IAnonymousFunctionOperation)operation.Operation).Symbol.Parameters)
                    OnMarked(parameter, parameter.Type, operation.ReportDiagnostic);
            },
            OperationKind.AnonymousFunction);
        context.RegisterOperationAction(
            operation =>
            {
                foreach (var parameter in ((ILocalFunctionOperation)operation.Operation).Symbol.Parameters)
                    OnMarked(parameter, parameter.Type, operation.ReportDiagnostic);
            },
            OperationKind.LocalFunction);
        context.RegisterSymbolAction(symbol => OnType((INamedTypeSymbol)symbol.Symbol, scope, symbol.ReportDiagnostic),
            SymbolKind.NamedType);
        context.RegisterOperationAction(operation => OnCall(operation), OperationKind.Invocation);
    }

    private static void OnMarked(ISymbol symbol, ITypeSymbol type, Action<Diagnostic> report)
    {
        var source = symbol.GetAttributes().Select(static attribute => attribute.AttributeClass?.Name ?? "")
            .FirstOrDefault(Sources.Contains);
        if (source is null)
            return;
        // Within a type that MVC binds from a form or the query, the library's own binder gives the true one.
        var found = WixSymbols.IsIdentity(type) ? type.Name : source == "FromBodyAttribute" ? HeldIdentity.In(type) : null;
        if (found is not null)
            Report(report, symbol, found);
    }

    private static void OnType(INamedTypeSymbol type, GuardScope scope, Action<Diagnostic> report)
    {
        if (type.TypeKind != TypeKind.Class)
            return;
        if (IsHub(type))
        {
            foreach (var parameter in type.GetMembers().OfType<IMethodSymbol>()
                .Where(static method =>
                    method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false })
                .SelectMany(static method => method.Parameters))
            {
                // Clients and modules are services, which a hub's methods may take.
                if (!IsMarkedService(parameter)
                    && (IsState(parameter.Type) ? parameter.Type.Name : WixSymbols.IsIdentity(parameter.Type)
                        ? null : HeldIdentity.In(parameter.Type)) is { } found)
                    Report(report, parameter, found);
            }
            return;
        }

        foreach (var endpoint in scope.Handlers.Of(type))
        {
            // MVC reads JSON where a controller says that it is an API; else a form.
            if (endpoint.Kind == EndpointKind.Action && !IsApi(type))
                continue;
            OnBodies(endpoint.Method, RequestBodies.AreIn(endpoint.Verbs), report);
        }
    }

    private static void OnCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (RouteCalls.HandlerOf(call) is { } handler)
        {
            OnBodies(RouteCalls.MethodOf(handler), RequestBodies.AreIn(RouteCalls.VerbsOf(call)), context.ReportDiagnostic);
            return;
        }
        if (!Readers.Contains(call.TargetMethod.Name)
            || call.TargetMethod.ContainingNamespace?.ToDisplayString().Split('.')[0] is not ("System" or "Microsoft" or "Newtonsoft"))
            return;
        var read = call.TargetMethod.TypeArguments.FirstOrDefault()
            ?? call.Arguments.Select(static argument => argument.Value).OfType<ITypeOfOperation>().FirstOrDefault()?.TypeOperand;
        if (read is not null && (WixSymbols.IsIdentity(read) ? read.Name : HeldIdentity.In(read)) is { } found)
            context.ReportDiagnostic(
                Diagnostic.Create(GuardRules.ClientMadeIdentity, call.Syntax.GetLocation(), call.TargetMethod.Name, found));
    }

    // What is marked has been looked at already.
    private static void OnBodies(IMethodSymbol method, bool infersBody, Action<Diagnostic> report)
    {
        foreach (var (symbol, type) in RequestBodies.In(method, infersBody))
        {
            if (!symbol.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "FromBodyAttribute")
                && HeldIdentity.In(type) is { } found)
                Report(report, symbol, found);
        }
    }

    private static bool IsState(ITypeSymbol type) =>
        WixSymbols.IsIdentity(type) && type.Name is "Caller" or "ElevationCheckContext" or "WixInstallation";

    private static bool IsMarkedService(IParameterSymbol parameter) =>
        GuardScope.HasAttribute(parameter, "FromServicesAttribute") || GuardScope.HasAttribute(parameter, "FromKeyedServicesAttribute");

    private static bool IsApi(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (GuardScope.HasAttribute(at, "ApiControllerAttribute"))
                return true;
        }
        return GuardScope.HasAttribute(type.ContainingAssembly, "ApiControllerAttribute");
    }

    private static bool IsHub(INamedTypeSymbol type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.Name == "Hub" && at.ContainingNamespace.ToDisplayString() == "Microsoft.AspNetCore.SignalR")
                return true;
        }
        return false;
    }

    private static void Report(Action<Diagnostic> report, ISymbol symbol, string found)
    {
        if (symbol.Locations.FirstOrDefault(static location => location.IsInSource) is { } place)
            report(Diagnostic.Create(GuardRules.ClientMadeIdentity, place, symbol.Name, found));
    }
}
