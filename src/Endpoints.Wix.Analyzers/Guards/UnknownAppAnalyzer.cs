using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds elevated endpoints of an app that the application doesn't add, with which it doesn't start.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnknownAppAnalyzer() : GuardAnalyzer(GuardRules.UnknownApp)
{
    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        var apps = new AddedApps(context.Compilation);
        context.RegisterOperationAction(
            operation =>
            {
                var creation = (IObjectCreationOperation)operation.Operation;
                if (scope.Wix.IsElevate(creation.Type))
                    Check(ElevateUse.Of(creation), apps, operation);
            },
            OperationKind.ObjectCreation);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                if (scope.Wix.IsElevateCall(call.TargetMethod)
                    && !call.Arguments.Any(one => one.Value is IObjectCreationOperation && scope.Wix.IsElevate(one.Value.Type)))
                    Check(ElevateUse.Of(call), apps, operation);
            },
            OperationKind.Invocation);
        // The attribute of a lambda is no operation.
        context.RegisterOperationAction(
            operation =>
            {
                foreach (var attribute in ((IAnonymousFunctionOperation)operation.Operation).Symbol.GetAttributes())
                {
                    if (scope.Wix.IsElevate(attribute.AttributeClass))
                        Check(ElevateUse.Of(attribute, operation.CancellationToken), apps, operation);
                }
            },
            OperationKind.AnonymousFunction);
    }

    private static void Check(ElevateUse use, AddedApps apps, OperationAnalysisContext context)
    {
        if (use.Single("App") is { IsKnown: true, Value: string { Length: > 0 } name } given
            && apps.Names(context.CancellationToken) is { } added && !added.Contains(name, StringComparer.OrdinalIgnoreCase))
            context.ReportDiagnostic(Diagnostic.Create(GuardRules.UnknownApp, given.Location, name));
    }
}
