using System.Collections.Immutable;
using Endpoints.Shared.Handlers;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Reads calls that map minimal APIs: <c>app.MapGet("/orders", handler)</c>.</summary>
internal static class RouteCalls
{
    private const string Extensions = "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions";

    /// <summary>
    /// Returns the handler that a call maps, which is a lambda or a method named in an argument, or <see langword="null"/> if the call maps
    /// no visible handler.
    /// </summary>
    public static IOperation? HandlerOf(IInvocationOperation call)
    {
        if (!IsMap(call.TargetMethod))
            return null;
        var value = GivenHandlerOf(call);
        while (true)
        {
            switch (value)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    value = conversion.Operand;
                    break;
                case IDelegateCreationOperation creation:
                    value = creation.Target;
                    break;
                case IAnonymousFunctionOperation or IMethodReferenceOperation:
                    return value;
                default:
                    return null;
            }
        }
    }

    /// <summary>Returns what a call is given as its handler, or <see langword="null"/> for none.</summary>
    public static IOperation? GivenHandlerOf(IInvocationOperation call) => Argument(call, "handler") ?? Argument(call, "requestDelegate");

    /// <summary>Returns the method of a handler.</summary>
    public static IMethodSymbol MethodOf(IOperation handler) =>
        handler is IAnonymousFunctionOperation lambda ? lambda.Symbol : ((IMethodReferenceOperation)handler).Method;

    /// <summary>Returns the statements of the handler, if they are in the same method: those of a lambda or a local function.</summary>
    public static IOperation? BodyOf(IOperation handler)
    {
        if (handler is IAnonymousFunctionOperation lambda)
            return lambda.Body;
        var method = ((IMethodReferenceOperation)handler).Method;
        return method.MethodKind == MethodKind.LocalFunction
            ? Root(handler).Descendants().OfType<ILocalFunctionOperation>()
                .FirstOrDefault(local => SymbolEqualityComparer.Default.Equals(local.Symbol, method.OriginalDefinition))?.Body
            : null;
    }

    /// <summary>
    /// Returns the HTTP methods that a call maps, in upper case, <see cref="Verbs.All"/> if it maps all, or <c>?</c> for one that can't be
    /// determined.
    /// </summary>
    public static ImmutableArray<string> VerbsOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "MapGet" => ["GET"],
        "MapPost" => ["POST"],
        "MapPut" => ["PUT"],
        "MapDelete" => ["DELETE"],
        "MapPatch" => ["PATCH"],
        "MapMethods" when Argument(call, "httpMethods") is { } methods =>
            [.. ElevateValue.Of(methods).Select(static verb => verb.ToString().ToUpperInvariant())],
        _ => [Verbs.All],
    };

    /// <summary>Returns the pattern of a call that maps a route or group, or <see langword="null"/> if it can't be determined.</summary>
    public static string? PatternOf(IInvocationOperation call) =>
        (Argument(call, "pattern") ?? Argument(call, "prefix")) is { } pattern ? Text(pattern)
        : call.TargetMethod.Name == "MapFallback" ? "{*path:nonfile}" : null;

    /// <summary>Returns the name in messages of the route that a call maps: <c>POST /orders/{id}</c>.</summary>
    public static string NameOf(IInvocationOperation call)
    {
        var verbs = string.Join(", ", VerbsOf(call).Where(static verb => verb is not (Verbs.All or ElevateValue.Unknown)));
        return $"{(verbs.Length > 0 ? verbs + " " : "")}{PatternOf(call) ?? call.TargetMethod.Name}";
    }

    /// <summary>Returns the location for messages about a route: its pattern, or the call.</summary>
    public static Location PlaceOf(IInvocationOperation call) =>
        (Argument(call, "pattern") is { IsImplicit: false } pattern ? pattern.Syntax : call.Syntax).GetLocation();

    /// <summary>Returns the operation of the whole method, or of all top-level statements.</summary>
    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>Determines whether a method maps one route.</summary>
    public static bool IsMap(IMethodSymbol method) =>
        method.Name is "Map" or "MapGet" or "MapPost" or "MapPut" or "MapDelete" or "MapPatch" or "MapMethods" or "MapFallback"
        && method.ContainingType?.ToDisplayString() == Extensions;

    private static IOperation? Argument(IInvocationOperation call, string name) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name)?.Value;

    private static string? Text(IOperation value)
    {
        value = Conversions.Unwrapped(value);
        return value.ConstantValue is { HasValue: true, Value: string text } ? text : null;
    }
}
