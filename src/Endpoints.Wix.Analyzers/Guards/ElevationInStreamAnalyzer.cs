using Endpoints.Wix.Analyzers.Routes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>
/// Finds elevation in streams that a handler returns. They are read, and their code runs, when the response is written, after the handler
/// and elevation have ended.
/// </summary>
/// <remarks>Streams that the handler reads itself, with <c>await foreach</c> or <c>ToListAsync()</c>, are not reported.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ElevationInStreamAnalyzer() : GuardAnalyzer(GuardRules.ElevationCaptured)
{
    private const string Returned = "the returned stream";

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        context.RegisterOperationAction(operation => OnYield(operation, scope), OperationKind.YieldReturn);
        context.RegisterOperationAction(operation => OnReturn(operation, scope), OperationKind.Return);
        context.RegisterOperationAction(operation => OnCall(operation, scope), OperationKind.Invocation);
    }

    // The handler is the stream.
    private static void OnYield(OperationAnalysisContext context, GuardScope scope)
    {
        var function = Functions.Around(context.Operation);
        if (function.Descendants()
            .First(operation => operation.Kind == OperationKind.YieldReturn && Functions.Around(operation) == function) != context.Operation
            || !IsHandler(function, context.ContainingSymbol, scope))
        {
            return;
        }

        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in function.Descendants())
        {
            if (ElevatedReferences.OfParameterOrMember(operation, scope.Wix) is { } name && reported.Add(name))
                Report(context, operation, name, Returned);
        }
    }

    private static void OnReturn(OperationAnalysisContext context, GuardScope scope)
    {
        var value = ((IReturnOperation)context.Operation).ReturnedValue;
        if (value is not null && IsHandler(Functions.Around(context.Operation), context.ContainingSymbol, scope))
            ReportStreams(context, value, Returned, scope);
    }

    private static void OnCall(OperationAnalysisContext context, GuardScope scope)
    {
        var call = (IInvocationOperation)context.Operation;
        if (Streams.IsResult(call.TargetMethod))
        {
            var work = $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
            foreach (var argument in call.Arguments)
            {
                // What writes the answer.
                if (argument.Value is IDelegateCreationOperation { Target: var writer })
                    ReportCaptured(context, writer, work, scope);
                else
                    ReportStreams(context, argument.Value, work, scope);
            }
        }
        else if (RouteCalls.HandlerOf(call) is IMethodReferenceOperation { Method: { MethodKind: MethodKind.Ordinary } handler } reference
            && Streams.Is(handler.ReturnType)
            && scope.Handlers.Of(handler) is null
            && handler.Parameters.FirstOrDefault(parameter => scope.Wix.IsElevated(parameter.Type)) is { } elevated)
        {
            Report(context, reference, elevated.Name, Returned);
        }
    }

    private static void ReportStreams(OperationAnalysisContext context, IOperation value, string work, GuardScope scope)
    {
        foreach (var stream in Streams.In(value))
        {
            ReportCaptured(context, stream, work, scope);
            // Its code stands elsewhere, and reaches what is around it or what its object holds.
            if (stream is IInvocationOperation call && Functions.BodyOf(call) is { } body
                && body.Descendants().Select(operation => ElevatedReferences.Captured(operation, body, scope.Wix))
                    .FirstOrDefault(static name => name is not null) is { } held)
            {
                Report(context, stream, held, work);
            }
        }
    }

    private static void ReportCaptured(OperationAnalysisContext context, IOperation handedOver, string work, GuardScope scope)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in Streams.Later(handedOver))
        {
            if (ElevatedReferences.Captured(operation, handedOver, scope.Wix) is { } name && reported.Add(name))
                Report(context, operation, name, work);
        }
    }

    private static bool IsHandler(IOperation function, ISymbol containing, GuardScope scope) => function switch
    {
        IAnonymousFunctionOperation lambda => Functions.MappingOf(lambda) is not null,
        ILocalFunctionOperation local => RouteCalls.Root(local).Descendants().OfType<IInvocationOperation>()
            .Any(call => RouteCalls.HandlerOf(call) is IMethodReferenceOperation { Method: var method }
                && SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, local.Symbol)),
        _ => scope.Handlers.Of(containing) is not null,
    };

    private static void Report(OperationAnalysisContext context, IOperation operation, string name, string work) =>
        context.ReportDiagnostic(Diagnostic.Create(GuardRules.ElevationCaptured, operation.Syntax.GetLocation(), name, work));
}
