using Endpoints.Wix;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DropIn.Tests;

/// <summary>Writes down what the application's code gets when it asks for services and options.</summary>
internal static class Composition
{
    /// <param name="recording">Where to.</param>
    /// <param name="services">The application's services.</param>
    /// <param name="registered">The types that the application without the packages has services of.</param>
    /// <param name="asked">Types that code of the application asks for, whether there are any or not.</param>
    public static async Task RecordAsync(Recording recording, IServiceProvider services, IEnumerable<Type> registered,
        IEnumerable<Type> asked)
    {
        using var scope = services.CreateScope();
        foreach (var type in registered.Concat(asked).Distinct())
            recording.Add($"service {type} of {type.Assembly.GetName().Name}", string.Join('\n', Resolve(scope.ServiceProvider, type)));

        var authentication = Options<AuthenticationOptions>(services);
        recording.Add("default scheme",
            $"{authentication.DefaultScheme}, {authentication.DefaultAuthenticateScheme}, {authentication.DefaultChallengeScheme}, "
            + $"{authentication.DefaultSignInScheme}");
        var schemes = services.GetService<IAuthenticationSchemeProvider>();
        // Where the application has no scheme of its own, that of the packages is the only one, and so the default.
        var hasOwn = schemes is not null
            && (await schemes.GetAllSchemesAsync()).Any(static scheme => scheme.Name != WixDefaults.AuthenticationScheme);
        recording.Add("scheme that authenticates",
            schemes is null || !hasOwn ? "none" : (await schemes.GetDefaultAuthenticateSchemeAsync())?.Name ?? "none");
        var authorization = Options<AuthorizationOptions>(services);
        recording.Add("fallback policy",
            authorization.FallbackPolicy is null ? "none" : string.Join(", ", authorization.FallbackPolicy.Requirements));
        recording.Add("default policy", string.Join(", ", authorization.DefaultPolicy.Requirements));
        recording.Add("default CORS policy",
            Options<CorsOptions>(services).GetPolicy(Options<CorsOptions>(services).DefaultPolicyName)?.ToString() ?? "none");
        if (services.GetService<IOptions<MvcOptions>>()?.Value is { } mvc)
        {
            recording.Add("MVC filters", string.Join('\n', mvc.Filters.Select(static filter => filter.GetType().FullName)));
            recording.Add("service MVC binders", string.Join('\n', mvc.ModelBinderProviders.Select(static one => one.GetType().FullName)));
            recording.Add("MVC formatters",
                string.Join(
                    '\n', mvc.InputFormatters.Select(static one => one.GetType().FullName)
                        .Concat(mvc.OutputFormatters.Select(static one => one.GetType().FullName))));
            recording.Add("MVC validation", string.Join('\n', mvc.ModelValidatorProviders.Select(static one => one.GetType().FullName)));
        }
    }

    /// <summary>The types that somebody can ask for by name. What sets options is seen by the options.</summary>
    public static IReadOnlyList<Type> Types(IEnumerable<ServiceDescriptor> registrations) =>
        [.. registrations.Where(static one => !one.IsKeyedService && !one.ServiceType.ContainsGenericParameters)
            .Select(static one => one.ServiceType)
            .Where(static type => !type.IsGenericType || type.Namespace != "Microsoft.Extensions.Options").Distinct()];

    private static T Options<T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;

    private static IEnumerable<string> Resolve(IServiceProvider services, Type type)
    {
        try
        {
            return [.. services.GetServices(type).Select(static one => one?.GetType().FullName ?? "null")];
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
        {
            return [$"throws {e.GetType().Name}"];
        }
    }
}
