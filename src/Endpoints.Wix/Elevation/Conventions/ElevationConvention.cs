using Endpoints.Origins;
using Endpoints.Validation;
using Endpoints.Wix.Elevation.Actions;
using Endpoints.Wix.Elevation.Bodies;
using Endpoints.Wix.Elevation.Pages;
using Endpoints.Wix.Elevation.Running;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Conventions;

/// <summary>
/// Attaches the pipeline to an endpoint that is being built: the guards around its request delegate, the grant around its handler.
/// </summary>
internal static class ElevationConvention
{
    /// <summary>Adds validation, if it is missing, and the grant after it.</summary>
    public static void AddValidatedGrant(EndpointBuilder builder)
    {
        switch (Action(builder))
        {
            case null:
                ValidationFilter.AddTo(builder);
                AddGrant(builder);
                break;
            case ControllerActionDescriptor action when !action.Properties.ContainsKey(typeof(GuardedEndpoint)): // by its own attribute
                ElevatedActions.AddGrant(action, builder.Metadata, ElevatedActions.Services(builder, action));
                break;
        }
    }

    /// <summary>
    /// Adds the grant as the innermost filter, and validation next to it, so that the check and the handler receive validated arguments.
    /// </summary>
    public static void AddGrant(EndpointBuilder builder)
    {
        if (GrantOf(builder) is not null)
            return;
        var grant = new EndpointGrant(builder);
        builder.Metadata.Add(grant);
        if (ValidationFilter.TakeFrom(builder) is { } validation)
            InnermostFilters.Keep(builder, validation, grant.Factory);
        else
            InnermostFilters.Keep(builder, grant.Factory);
    }

    /// <summary>Wraps the request delegate in the guards of the nearest attribute. Once per endpoint.</summary>
    /// <exception cref="InvalidOperationException">The endpoint can't be guarded. The message says how to fix it.</exception>
    public static void AddGuards(EndpointBuilder builder)
    {
        if (builder.Metadata.Any(static item => item is GuardedEndpoint))
            return;
        var name = builder.DisplayName ?? "an endpoint without a name";
        // What stands on the code itself is nearer than any convention, in whatever order a framework collects them.
        var attributes = builder.Metadata.OfType<ElevateAttribute>().ToList();
        if (attributes.Count == 0)
        {
            throw new InvalidOperationException(
                $"[Elevate] on {name}: a convention has taken its metadata away before the guards were put around it. Let conventions add "
                + "metadata, or remove what they mean by its type.");
        }
        var attribute = attributes.LastOrDefault(static attribute => !attribute.IsConvention) ?? attributes[^1];
        var action = Action(builder);
        var services = ElevatedActions.Services(builder, action);
        var pipeline = services.GetService<ElevationPipeline>() ?? throw new InvalidOperationException(
            $"[Elevate] on {name}: Wix is not set up. Call builder.Services.AddWix(builder.Configuration) in Program.cs.");
        var next = builder.RequestDelegate ?? throw new InvalidOperationException(
            $"[Elevate] on {name}: there is nothing to guard. Put it on an endpoint that answers requests.");

        var guarded = pipeline.Guard(
            name,
            (builder as RouteEndpointBuilder)?.RoutePattern.RawText ?? name,
            attribute,
            action is null
                ? new(ElevatedBody.BoundType(builder.Metadata), services.GetService<IOptions<JsonOptions>>()?.Value.SerializerOptions)
                : ElevatedActions.Body(action, services),
            builder.Metadata,
            SafeRequest.AlwaysActs(builder.Metadata) || (action is not null && ElevatedActions.AlwaysActs(action)));
        guarded.IsAction = action is not null;
        if (GrantOf(builder) is { } grant)
            (guarded.Grant, grant.Guarded) = (grant, guarded);
        guarded.AddTo(builder.Metadata);
        ElevateDecides.AddTo(builder.Metadata, services);
        if (builder.Metadata.OfType<IAntiforgeryMetadata>().LastOrDefault() is { RequiresValidation: true } demanding)
            TurnAntiforgeryOff(builder.Metadata, demanding);
        if (action is PageActionDescriptor page)
            ElevatedPages.Map(page, guarded); // another endpoint takes this one's place when the page is loaded
        else
            builder.RequestDelegate = new GuardStep(pipeline, guarded, next, services.GetService<StandIn>()?.Handler).InvokeAsync;
    }

    /// <remarks>
    /// Forms demand a token by themselves, which no caller has that only Wix knows. The guards check whose page sent a request instead.
    /// What the application demands in so many words stays. This is a separate method so that the antiforgery assembly is loaded only for
    /// forms.
    /// </remarks>
    private static void TurnAntiforgeryOff(IList<object> metadata, IAntiforgeryMetadata demanding)
    {
        if (demanding is not RequireAntiforgeryTokenAttribute)
            metadata.Add(new RequireAntiforgeryTokenAttribute(required: false));
    }

    private static EndpointGrant? GrantOf(EndpointBuilder builder) =>
        builder.Metadata.OfType<EndpointGrant>().FirstOrDefault(grant => grant.IsOf(builder));

    private static ActionDescriptor? Action(EndpointBuilder builder) => builder.Metadata.OfType<ActionDescriptor>().LastOrDefault();
}
