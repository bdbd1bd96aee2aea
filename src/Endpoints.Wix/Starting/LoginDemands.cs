using System.Reflection;
using Endpoints.CompilerServices;
using Endpoints.Conventions;
using Endpoints.Wix.Elevation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Starting;

/// <summary>
/// Logs at startup which elevated endpoints also demand a login of the application because they are in a group, or are mapped or configured
/// with others: a demand that was not written for them, and that nobody passes whom only Wix knows.
/// </summary>
internal static partial class LoginDemands
{
    public static void Log(IReadOnlyList<Endpoint> endpoints, IServiceProvider services)
    {
        var names = endpoints.Select(endpoint => LoadedPages.Of(endpoint, services) ?? endpoint).Where(HasForeign)
            .Select(static endpoint => endpoint.DisplayName ?? "an endpoint without a name").Distinct().ToList();
        if (names.Count > 0 && HasOwnLogin(services))
            LogDemanded(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LoginDemands)), string.Join("; ", names));
    }

    private static bool HasForeign(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<GuardedEndpoint>() is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return false;
        var demands = endpoint.Metadata.Where(static item => item is IAuthorizeData
            || (item is AuthorizationPolicy policy && policy != ElevateDecides.Policy)).ToList();
        // Who names a scheme knows whom it is about.
        if (demands.Count == 0
            || demands.Exists(static item => item is AuthorizationPolicy { AuthenticationSchemes.Count: > 0 }
                or IAuthorizeData { AuthenticationSchemes.Length: > 0 }))
            return false;
        var written = Places(endpoint.Metadata).SelectMany(static place => place.GetCustomAttributes(inherit: true)).ToList();
        return demands.Exists(demand => !written.Contains(demand));
    }

    /// <summary>Returns the code on which what is for this endpoint alone is written.</summary>
    private static IEnumerable<MemberInfo> Places(EndpointMetadataCollection metadata)
    {
        if (metadata.GetMetadata<MethodInfo>() is { } method)
            yield return method;
        if (metadata.GetMetadata<FileRoute>() is { } file)
        {
            foreach (var type in file.Folders.Append(file.Handler))
                yield return type;
        }
        else if (metadata.GetMetadata<ControllerActionDescriptor>() is { } action)
        {
            yield return action.MethodInfo;
            yield return action.ControllerTypeInfo;
        }
        else if (metadata.GetMetadata<CompiledPageActionDescriptor>() is { ModelTypeInfo: { } model })
        {
            yield return model;
        }
    }

    // Without a scheme of the application's own, its users are Wix's callers.
    private static bool HasOwnLogin(IServiceProvider services) => Task.Run(async () =>
    {
        var scope = services.CreateAsyncScope();
        await using var ending = scope.ConfigureAwait(false);
        return scope.ServiceProvider.GetService<IAuthenticationSchemeProvider>() is { } schemes
            && await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is { } scheme
            && scheme.Name != WixDefaults.AuthenticationScheme;
    }).GetAwaiter().GetResult();

    [LoggerMessage(1, LogLevel.Warning,
        "The application demands a login of its own, besides [Elevate], on {Endpoints}. It refuses visitors and whoever only Wix knows. If "
        + "[Elevate] alone is to decide there, write [AllowAnonymous] or AllowAnonymous() beside it. If both are to decide, write "
        + "[Authorize] on the handler.")]
    private static partial void LogDemanded(ILogger logger, string endpoints);
}
