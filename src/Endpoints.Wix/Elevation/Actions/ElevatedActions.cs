using System.Text.Json;
using Endpoints.Origins;
using Endpoints.Wix.Elevation.Bodies;
using Endpoints.Wix.Elevation.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Attaches the pipeline to controllers' actions that have the attribute, on the method or the class.</summary>
/// <remarks>
/// The guards are the attribute as the action's first filter, and the grant is its last filter (<see cref="ElevatedFilters"/>). Both run
/// however the action is reached. Only an action that has both becomes a <see cref="GuardedEndpoint"/>. Any other stops the startup.
/// </remarks>
internal sealed class ElevatedActions(IServiceProvider services) : IActionDescriptorProvider
{
    // The lowest runs last on the way back, when nobody changes the filters any more.
    public int Order => int.MinValue;

    public void OnProvidersExecuting(ActionDescriptorProviderContext context)
    {
    }

    public void OnProvidersExecuted(ActionDescriptorProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var action in context.Results)
            Attach(action);
    }

    /// <summary>
    /// Returns the application's services for an endpoint that is being built. MVC builds some endpoints, for route transformers, without
    /// services.
    /// </summary>
    public static IServiceProvider Services(EndpointBuilder builder, ActionDescriptor? action) =>
        action is not null && action.Properties.TryGetValue(typeof(ElevatedActions), out var known) && known is IServiceProvider own
            ? own : builder.ApplicationServices;

    private void Attach(ActionDescriptor action)
    {
        action.Properties[typeof(ElevatedActions)] = services;
        if (action is PageActionDescriptor)
            return; // see ElevatedPages
        // The method's before the class's before what holds for all.
        if (action.FilterDescriptors.Where(static filter => filter.Filter is IElevationRule)
            .MaxBy(static filter => filter.Scope) is not { } nearest)
            return;
        var pipeline = services.GetRequiredService<ElevationPipeline>();
        var name = action.DisplayName ?? "an action without a name";
        var guarded = pipeline.Guard(name, action.AttributeRouteInfo?.Template ?? name, (IElevationRule)nearest.Filter,
            Body(action, services), [action, .. action.EndpointMetadata ?? []], AlwaysActs(action));

        var others = action.FilterDescriptors.Where(static filter => filter.Filter is not IElevationRule);
        action.FilterDescriptors = [new(nearest.Filter, int.MinValue), .. others];
        guarded.IsAction = true;
        action.Properties[typeof(GuardedEndpoint)] = guarded;
        action.EndpointMetadata ??= [];
        AddGrant(action, action.EndpointMetadata, services);
        guarded.AddTo(action.EndpointMetadata);
        ElevateDecides.AddTo(action.EndpointMetadata, services);
    }

    /// <summary>Adds steps 7 to 9 to an action, once.</summary>
    /// <param name="action">The action.</param>
    /// <param name="metadata">The metadata of its endpoint.</param>
    /// <param name="services">The application's services.</param>
    public static void AddGrant(ActionDescriptor action, IList<object> metadata, IServiceProvider services)
    {
        if (action.FilterDescriptors.All(static filter => filter.Filter is not ElevatedActionGrant))
        {
            action.FilterDescriptors = [.. action.FilterDescriptors, new(services.GetRequiredService<ElevatedActionGrant>(), int.MaxValue)];
            action.Properties[typeof(ActionValidation)] = ActionValidation.For([.. action.Parameters, .. action.BoundProperties],
                Json(services), services);
        }

        if (action.Properties[typeof(ActionValidation)] is ActionValidation validation)
            metadata.Add(validation.Description);
    }

    /// <summary>Determines whether an action returns a stream of events.</summary>
    public static bool AlwaysActs(ActionDescriptor action) =>
        SafeRequest.AlwaysActs(action.EndpointMetadata ?? [])
        || action.FilterDescriptors.Any(
            static filter => filter.Filter is ProducesAttribute produces && produces.ContentTypes.Any(SafeRequest.IsEventStream));

    /// <summary>Returns the check of request bodies of an action.</summary>
    public static ElevatedBody Body(ActionDescriptor action, IServiceProvider services) => action is CompiledPageActionDescriptor page
        ? Body(page.BoundProperties.Concat(page.HandlerMethods.SelectMany(static handler => handler.Parameters)), services)
        : Body(action.Parameters.Concat(action.BoundProperties).Where(IsBody).Take(1), services);

    /// <summary>Returns the check of request bodies of an action or a page.</summary>
    public static ElevatedBody Body(IEnumerable<ParameterDescriptor> parameters, IServiceProvider services)
    {
        var types = parameters.Where(IsBody).Select(static parameter => parameter.ParameterType).Distinct().ToList();
        // What another serializer makes of a type is not known here, and the first that takes JSON reads it; nor is known which of a page's
        // handlers a request is for.
        var isBound =
            services.GetRequiredService<IOptions<MvcOptions>>()
                .Value.InputFormatters.FirstOrDefault(MayReadJson) is SystemTextJsonInputFormatter;
        return new(isBound && types.Count == 1 ? types[0] : null, Json(services));
    }

    /// <summary>Returns the options with which MVC reads JSON.</summary>
    public static JsonSerializerOptions Json(IServiceProvider services) =>
        services.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;

    private static bool IsBody(ParameterDescriptor parameter) => parameter.BindingInfo?.BindingSource == BindingSource.Body;

    private static bool MayReadJson(IInputFormatter formatter) =>
        formatter is not InputFormatter { SupportedMediaTypes: var types }
            || types.Any(
                static type => type.Contains("json", StringComparison.OrdinalIgnoreCase) || type.Contains('*', StringComparison.Ordinal));
}
