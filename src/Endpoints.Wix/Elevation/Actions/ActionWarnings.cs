using Endpoints.Conventions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Logs at startup where filters for all actions refuse every caller that an elevated action allows, and how to fix it.</summary>
internal static partial class ActionWarnings
{
    /// <param name="services">The application's services. Nothing is logged if the application does not use MVC.</param>
    public static void Log(IServiceProvider services)
    {
        // API descriptions of minimal APIs bring a collection of actions without MVC, which complains when it is empty.
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IControllerFactory)) != true)
            return;
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ActionWarnings));
        var isRouted = services.GetRequiredService<IOptions<MvcOptions>>().Value.EnableEndpointRouting;
        var endpoints = services.GetService<EndpointDataSource>()?.Endpoints ?? [];
        var routed = endpoints.Select(static endpoint => endpoint.Metadata.GetMetadata<ActionDescriptor>()?.Id).ToHashSet();
        foreach (var known in services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items)
        {
            var action = isRouted || routed.Contains(known.Id) ? known : LoadedPages.OfAction(known, services);
            if (!action.Properties.ContainsKey(typeof(GuardedEndpoint)))
                continue;
            var name = action.DisplayName ?? "an action without a name";
            if (Demands<AuthorizeFilter, AuthorizeAttribute>(action) && !LetsAnybodyIn(action))
                LogAuthorizeFilter(logger, name);
            if (DemandsAntiforgery(action)
                && !action.FilterDescriptors.Any(static filter => filter.Filter is IgnoreAntiforgeryTokenAttribute))
                LogAntiforgery(logger, name);
            if (!isRouted && !routed.Contains(known.Id))
                LogNotRouted(logger, name);
        }
    }

    private static bool DemandsAntiforgery(ActionDescriptor action) =>
        Demands<ValidateAntiForgeryTokenAttribute, ValidateAntiForgeryTokenAttribute>(action)
        || (Demands<AutoValidateAntiforgeryTokenAttribute, AutoValidateAntiforgeryTokenAttribute>(action) && Changes(action));

    /// <summary>Determines whether an action has a filter that is not written on it, but comes from what holds for many.</summary>
    private static bool Demands<TFilter, TAttribute>(ActionDescriptor action)
        where TAttribute : Attribute =>
        action.FilterDescriptors.Any(filter => Is(filter.Filter, typeof(TFilter))
            && (filter.Scope == FilterScope.Global || !IsWritten(action, typeof(TAttribute))));

    private static bool Is(IFilterMetadata filter, Type type) => type.IsAssignableFrom(filter switch
    {
        TypeFilterAttribute { ImplementationType: var made } => made,
        ServiceFilterAttribute { ServiceType: var service } => service,
        _ => filter.GetType(),
    });

    private static bool IsWritten(ActionDescriptor action, Type attribute) =>
        action is ControllerActionDescriptor { MethodInfo: var method, ControllerTypeInfo: var controller }
        && (method.IsDefined(attribute, inherit: true) || controller.IsDefined(attribute, inherit: true));

    private static bool LetsAnybodyIn(ActionDescriptor action) =>
        action.EndpointMetadata.OfType<IAllowAnonymous>().Any()
        || action.FilterDescriptors.Any(static filter => filter.Filter is IAllowAnonymousFilter);

    private static bool Changes(ActionDescriptor action) =>
        action.EndpointMetadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods is not { Count: > 0 } methods
        || methods.Any(
            static method =>
                !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method)));

    [LoggerMessage(
        1, LogLevel.Warning,
        "The application's AuthorizeFilter decides on the elevated {Action} too, and refuses visitors and whoever its policy does not know."
        + " If [Elevate] alone is to decide there, write [AllowAnonymous] beside it.")]
    private static partial void LogAuthorizeFilter(ILogger logger, string action);

    [LoggerMessage(
        2, LogLevel.Warning,
        "The application's antiforgery filter refuses callers with a Wix token on the elevated {Action}. "
        + "Write [IgnoreAntiforgeryToken] beside [Elevate], which checks whose page sent a request.")]
    private static partial void LogAntiforgery(ILogger logger, string action);

    [LoggerMessage(
        3, LogLevel.Warning,
        "{Action} is elevated and guarded, but without endpoint routing (EnableEndpointRouting = false) it is neither in the list of "
        + "endpoints nor in the guard matrix. Map controllers as endpoints: UseRouting and UseEndpoints.")]
    private static partial void LogNotRouted(ILogger logger, string action);
}
