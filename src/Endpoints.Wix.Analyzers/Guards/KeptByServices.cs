using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds objects of one request among the dependencies of services that outlive the request.</summary>
internal static class KeptByServices
{
    /// <summary>The description of a typed HTTP client in messages.</summary>
    public const string TypedClient = "a typed HTTP client, which is soon kept by something that outlives the request";

    private static readonly HashSet<string> Locators = new(StringComparer.Ordinal)
    {
        "GetService", "GetRequiredService", "GetKeyedService", "GetRequiredKeyedService", "GetServices", "CreateInstance",
        "GetServiceOrCreateInstance",
    };

    /// <summary>Analyzes a registration of a service.</summary>
    public static void OnRegistration(OperationAnalysisContext context, IMethodSymbol method, IEnumerable<IArgumentOperation> arguments,
        RequestBound bound)
    {
        var isTypedClient = LongLived.MakesTypedClient(method);
        var given = arguments as IReadOnlyCollection<IArgumentOperation> ?? [.. arguments];
        var nature = isTypedClient ? TypedClient
            : LongLived.TakesFilter(method)
                && given.Any(static argument => Conversions.Unwrapped(argument.Value) is IObjectCreationOperation)
                ? LongLived.Filter
            : LongLived.RegisteredBy(method, given.Any(IsSingletonLifetime));
        if (nature is null)
            return;

        var isMadeByLambda = false;
        foreach (var argument in given)
        {
            if (Conversions.Unwrapped(argument.Value) is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }
                || !Returns(argument))
                continue;
            isMadeByLambda = true;
            foreach (var call in lambda.Body.Descendants().OfType<IInvocationOperation>()
                .Where(static call => Locators.Contains(call.TargetMethod.Name)))
            {
                if (Located(call) is { } asked
                    && (RequestBound.Name(asked) ?? (asked is INamedTypeSymbol own ? bound.TakenBy(own) : null)) is { } taken)
                    RequestKeptAnalyzer.Report(context.ReportDiagnostic, call.Syntax.GetLocation(),
                        (lambda.Symbol.ReturnType as INamedTypeSymbol)?.Name ?? "it", taken, nature);
            }
        }
        if (isMadeByLambda)
            return;

        // The last type is what is made: AddSingleton<IStore, Store>(), AddSingleton(typeof(IStore), typeof(Store)),
        // AddSingleton<IStore>(new Store(...)).
        var made = given.Select(static argument => Conversions.Unwrapped(argument.Value)).Select(static value => value switch
        {
            ITypeOfOperation type => type.TypeOperand,
            IObjectCreationOperation creation => creation.Type,
            _ => null,
        }).LastOrDefault(static type => type is not null) ?? method.TypeArguments.LastOrDefault();
        if (made is not INamedTypeSymbol named)
            return;
        if ((RequestBound.Name(named) ?? (LongLived.NatureOf(named) is null ? bound.TakenBy(named.OriginalDefinition) : null)) is { } takes)
            RequestKeptAnalyzer.Report(context.ReportDiagnostic, PlaceOf(context.Operation), named.Name, takes, nature);
    }

    /// <summary>
    /// Analyzes a configuration of options: <c>services.AddOptions&lt;Shop&gt;().Configure&lt;WixClient&gt;((shop, wix) => ...)</c>.
    /// </summary>
    public static void OnOptions(OperationAnalysisContext context, IMethodSymbol method)
    {
        if (method is { Name: "Configure" or "PostConfigure" or "Validate",
            ContainingType: { Name: "OptionsBuilder", TypeArguments.Length: 1 } options }
            && method.TypeArguments.Select(RequestBound.Name).FirstOrDefault(static name => name is not null) is { } taken)
        {
            RequestKeptAnalyzer.Report(context.ReportDiagnostic, PlaceOf(context.Operation), options.TypeArguments[0].Name, taken,
                "options, which are made once");
        }
    }

    private static bool IsSingletonLifetime(IArgumentOperation argument) =>
        argument.Value.Type?.Name == "ServiceLifetime" && argument.Value.ConstantValue is { HasValue: true, Value: 0 };

    // A factory, as opposed to what configures: it gives something back.
    private static bool Returns(IArgumentOperation argument) =>
        argument.Parameter?.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: false };

    private static ITypeSymbol? Located(IInvocationOperation call) =>
        call.TargetMethod.TypeArguments.Length == 1
            ? call.TargetMethod.TypeArguments[0]
            : call.Arguments.Select(static argument => argument.Value).OfType<ITypeOfOperation>().FirstOrDefault()?.TypeOperand;

    // AddSingleton<Store>(...) of services.AddSingleton<Store>(...).
    private static Location PlaceOf(IOperation call) => call.Syntax is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax member,
    } ? member.Name.GetLocation() : call.Syntax.GetLocation();
}
