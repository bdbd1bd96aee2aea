using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>
/// Recognizes the classes that live longer than a request by their nature, and the calls that give others such a lifetime.
/// </summary>
internal static class LongLived
{
    /// <summary>The description of a filter that is passed as an object.</summary>
    public const string Filter = "a filter that is one object for all requests";

    private static readonly Dictionary<string, string> Interfaces = new(StringComparer.Ordinal)
    {
        ["Microsoft.Extensions.Hosting.IHostedService"] = "a hosted service",
        ["Microsoft.Extensions.ObjectPool.IPooledObjectPolicy"] = "the policy of an object pool",
        ["Microsoft.Extensions.ObjectPool.IResettable"] = "an object of a pool",
        ["Microsoft.AspNetCore.Hosting.IStartupFilter"] = "a startup filter",
        ["Microsoft.AspNetCore.Diagnostics.IExceptionHandler"] = "an exception handler, which is made once",
        ["Microsoft.Extensions.Options.IConfigureOptions"] = "the setup of options, which are made once",
        ["Microsoft.Extensions.Options.IPostConfigureOptions"] = "the setup of options, which are made once",
        ["Microsoft.Extensions.Options.IValidateOptions"] = "the validation of options, which are made once",
    };

    private static readonly Dictionary<string, string> Bases = new(StringComparer.Ordinal)
    {
        ["System.Net.Http.HttpMessageHandler"] = "an HTTP message handler, which many requests share",
        ["System.Attribute"] = "an attribute, which is one object for all requests",
        ["Microsoft.Extensions.ObjectPool.ObjectPool"] = "an object pool",
    };

    /// <summary>
    /// Returns the description of a class that outlives requests, or <see langword="null"/> if there is no indication that it does.
    /// </summary>
    public static string? NatureOf(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class)
            return null;
        foreach (var face in type.AllInterfaces)
        {
            if (Interfaces.TryGetValue(FullName(face), out var nature))
                return nature;
        }
        for (var at = type.BaseType; at is { SpecialType: not SpecialType.System_Object }; at = at.BaseType)
        {
            if (Bases.TryGetValue(FullName(at), out var nature))
                return nature;
        }
        return IsMiddleware(type) ? "middleware, which is made once" : null;
    }

    /// <summary>
    /// Returns the description of the role in which a call registers or passes a class for longer than a request, or <see langword="null"/>
    /// for every other call.
    /// </summary>
    public static string? RegisteredBy(IMethodSymbol method, bool hasSingletonLifetime)
    {
        if (method.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.", StringComparison.Ordinal) != true)
            return null;
        return method.Name switch
        {
            "AddSingleton" or "TryAddSingleton" or "AddKeyedSingleton" or "TryAddKeyedSingleton" or "AddActivatedSingleton"
                or "AddActivatedKeyedSingleton"
                or "TryAddActivatedSingleton" or "TryAddActivatedKeyedSingleton" or "Singleton" or "KeyedSingleton" => "a singleton",
            "AddHostedService" => "a hosted service",
            "AddHttpMessageHandler" or "ConfigurePrimaryHttpMessageHandler" or "ConfigureAdditionalHttpMessageHandlers" =>
                Bases["System.Net.Http.HttpMessageHandler"],
            "AddDbContextPool" or "AddPooledDbContextFactory" => "an object of a pool",
            _ => hasSingletonLifetime ? "a singleton" : null,
        };
    }

    /// <summary>Determines whether a call registers a class as a typed HTTP client.</summary>
    public static bool MakesTypedClient(IMethodSymbol method) =>
        method is { Name: "AddHttpClient" or "AddTypedClient", TypeArguments.Length: > 0 };

    /// <summary>Determines whether a call takes a filter.</summary>
    public static bool TakesFilter(IMethodSymbol method) =>
        method.Name is "AddEndpointFilter" or "AddFilter"
        || (method.Name is "Add" or "Insert" && method.ContainingType is { } type
            && (type.Name == "FilterCollection" || (type.TypeArguments.Length == 1 && type.TypeArguments[0].Name == "IFilterMetadata")));

    // By convention: a constructor that takes what comes next, and InvokeAsync(HttpContext, ...), whose further parameters are the
    // request's own.
    private static bool IsMiddleware(INamedTypeSymbol type) =>
        !type.AllInterfaces.Any(static face => FullName(face) == "Microsoft.AspNetCore.Http.IMiddleware")
        && type.InstanceConstructors.Any(
            static constructor =>
                constructor.Parameters.Any(
                    static parameter => parameter.Type is INamedTypeSymbol named
                        && FullName(named) == "Microsoft.AspNetCore.Http.RequestDelegate"))
        && type.GetMembers().Any(static member => member is IMethodSymbol { Name: "Invoke" or "InvokeAsync", Parameters.Length: > 0 });

    private static string FullName(INamedTypeSymbol type) => $"{type.ContainingNamespace?.ToDisplayString()}.{type.Name}";
}
