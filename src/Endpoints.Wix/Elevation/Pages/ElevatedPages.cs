using Endpoints.Origins;
using Endpoints.Wix.Elevation.Actions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Pages;

/// <summary>
/// Attaches the pipeline to Razor Pages, by an attribute on the page model, one for all of MVC, or the conventions with which pages are
/// mapped.
/// </summary>
/// <remarks>
/// A page is known when it is loaded: with the application's actions if it was precompiled, otherwise at startup. Its guards and its grant
/// are filters, as an action's are (<see cref="ElevatedFilters"/>). The endpoint of a loaded page may replace the one that conventions have
/// seen, and anything that they added around the delegate of that endpoint is lost.
/// </remarks>
internal sealed class ElevatedPages(IServiceProvider services) : IPageApplicationModelConvention, IPostConfigureOptions<RazorPagesOptions>
{
    /// <summary>Adds the convention after the application's own settings, so that it sees their filters.</summary>
    public void PostConfigure(string? name, RazorPagesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Conventions.Add(this);
    }

    /// <summary>
    /// Guards a page where it is mapped. The guards apply to all its addresses, because a page is loaded once for all of them.
    /// </summary>
    /// <exception cref="InvalidOperationException">The page is mapped elsewhere with different guards.</exception>
    public static void Map(PageActionDescriptor page, GuardedEndpoint guarded)
    {
        if (page.Properties.TryGetValue(typeof(GuardedEndpoint), out var known) && known is GuardedEndpoint other
            && !ReferenceEquals(other.Rule, guarded.Rule))
        {
            throw new InvalidOperationException(
                $"[Elevate] on {guarded.Name}: the page is mapped twice, with different guards, and has one. Put the attribute on its "
                + "page model.");
        }

        page.Properties[typeof(GuardedEndpoint)] = guarded;
    }

    /// <exception cref="InvalidOperationException">The attribute stands where nothing reads it, or is wrong.</exception>
    public void Apply(PageApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = model.ActionDescriptor.DisplayName ?? model.ViewEnginePath;
        if (model.HandlerMethods.FirstOrDefault(
            static handler => handler.MethodInfo.GetCustomAttributes(inherit: true)
                .Any(static attribute => attribute is IElevationRule)) is { } handler)
        {
            throw new InvalidOperationException(
                $"[Elevate] has no effect on {handler.MethodInfo.Name} of {name}: a Razor Page is guarded as a whole. Put it on the "
                + "page model.");
        }

        var attribute = model.Filters.OfType<IElevationRule>().LastOrDefault()
            ?? services.GetRequiredService<IOptions<MvcOptions>>().Value.Filters.OfType<IElevationRule>().LastOrDefault();
        if (attribute is not null)
        {
            var guarded = services.GetRequiredService<ElevationPipeline>().Guard(
                name, model.ActionDescriptor.AttributeRouteInfo?.Template ?? name, attribute, ElevatedActions.Body(Bound(model), services),
                model.EndpointMetadata, SafeRequest.AlwaysActs(model.EndpointMetadata));
            guarded.IsAction = true;
            model.Properties[typeof(GuardedEndpoint)] = guarded;
            guarded.AddTo(model.EndpointMetadata);
            ElevateDecides.AddTo(model.EndpointMetadata, services);
        }
        else if (model.ActionDescriptor.Properties.TryGetValue(typeof(GuardedEndpoint), out var mapped) && mapped is GuardedEndpoint)
        {
            model.Properties[typeof(GuardedEndpoint)] = mapped;
        }
    }

    private static IEnumerable<ParameterDescriptor> Bound(PageApplicationModel model) =>
        model.HandlerMethods.SelectMany(static method => method.Parameters)
            .Select(static parameter =>
                new ParameterDescriptor { ParameterType = parameter.ParameterInfo.ParameterType, BindingInfo = parameter.BindingInfo })
            .Concat(model.HandlerProperties.Select(
                static property =>
                    new ParameterDescriptor { ParameterType = property.PropertyInfo.PropertyType, BindingInfo = property.BindingInfo }));
}
