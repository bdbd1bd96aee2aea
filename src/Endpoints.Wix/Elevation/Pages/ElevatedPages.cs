using System.Reflection;
using Endpoints.CrossSite;
using Endpoints.Wix.Elevation.Actions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Pages;

/// <summary>Attaches the pipeline to Razor Pages: by the attribute on the page model, by one for all of MVC, or by what the pages are mapped with.</summary>
/// <remarks>
/// A page is known when it is loaded, which the start sees to. Its guards and its grant are filters, as an action's are (<see cref="ElevatedFilters"/>): a page's endpoint takes
/// the place of the one that conventions have seen, and what they put around that one's request delegate is gone.
/// </remarks>
internal sealed class ElevatedPages(IServiceProvider services) : IPageApplicationModelConvention, IPostConfigureOptions<RazorPagesOptions>
{
    /// <summary>After the application's own settings, so that it sees their filters.</summary>
    public void PostConfigure(string? name, RazorPagesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Conventions.Add(this);
    }

    /// <summary>Guards a page where it is mapped, and so wherever it is mapped: it is loaded once for all its addresses.</summary>
    /// <exception cref="InvalidOperationException">It is guarded in another way elsewhere.</exception>
    public static void Map(PageActionDescriptor page, GuardedEndpoint guarded)
    {
        if (page.Properties.TryGetValue(typeof(GuardedEndpoint), out var known) && known is GuardedEndpoint other && !ReferenceEquals(other.Attribute, guarded.Attribute))
        {
            throw new InvalidOperationException(
                $"[Elevate] on {guarded.Name}: the page is mapped twice, with different guards, and has one. Put the attribute on its page model.");
        }

        page.Properties[typeof(GuardedEndpoint)] = guarded;
    }

    /// <exception cref="InvalidOperationException">The attribute stands where nothing reads it, or is wrong.</exception>
    public void Apply(PageApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = model.ActionDescriptor.DisplayName ?? model.ViewEnginePath;
        if (model.HandlerMethods.FirstOrDefault(static handler => handler.MethodInfo.IsDefined(typeof(ElevateAttribute), inherit: true)) is { } handler)
        {
            throw new InvalidOperationException(
                $"[Elevate] guards nothing on {handler.MethodInfo.Name} of {name}: a Razor Page is guarded as a whole. Put it on the page model.");
        }

        var bound = Bound(model).ToList();
        var attribute = model.Filters.OfType<ElevateAttribute>().LastOrDefault()
            ?? services.GetRequiredService<IOptions<MvcOptions>>().Value.Filters.OfType<ElevateAttribute>().LastOrDefault();
        if (attribute is not null)
        {
            var guarded = services.GetRequiredService<ElevationPipeline>().Guard(
                name, model.ActionDescriptor.AttributeRouteInfo?.Template ?? name, attribute, ElevatedActions.Body(bound, services), SafeRequest.AlwaysActs(model.EndpointMetadata));
            guarded.IsAction = true;
            model.Properties[typeof(GuardedEndpoint)] = guarded;
            ElevationConvention.Describe(model.EndpointMetadata, guarded);
        }
        else if (model.ActionDescriptor.Properties.TryGetValue(typeof(GuardedEndpoint), out var mapped) && mapped is GuardedEndpoint)
        {
            model.Properties[typeof(GuardedEndpoint)] = mapped;
        }
        else
        {
            return;
        }

        var validations = new Dictionary<MethodInfo, ActionValidation?>();
        foreach (var method in model.HandlerMethods.Select(static method => method.MethodInfo))
            validations[method] = ActionValidation.For([.. bound.Where(parameter => IsOf(parameter, method))], ElevatedActions.Json(services), services);
        model.Properties[typeof(ElevatedPages)] = validations;
    }

    private static bool IsOf(ParameterDescriptor parameter, MethodInfo method) =>
        parameter is not PageHandlerParameter of || of.ParameterInfo.Member == method;

    private static IEnumerable<ParameterDescriptor> Bound(PageApplicationModel model) =>
    [
        .. model.HandlerMethods.SelectMany(static method => method.Parameters).Select(static parameter => new PageHandlerParameter(parameter.ParameterInfo)
        {
            Name = parameter.ParameterName,
            ParameterType = parameter.ParameterInfo.ParameterType,
            BindingInfo = parameter.BindingInfo,
        }),
        .. model.HandlerProperties.Where(static property => property.BindingInfo is not null).Select(static property => new Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageBoundPropertyDescriptor
        {
            Name = property.PropertyName,
            Property = property.PropertyInfo,
            ParameterType = property.PropertyInfo.PropertyType,
            BindingInfo = property.BindingInfo,
        }),
    ];

    private sealed class PageHandlerParameter(ParameterInfo parameter) : ParameterDescriptor
    {
        public ParameterInfo ParameterInfo => parameter;
    }
}
