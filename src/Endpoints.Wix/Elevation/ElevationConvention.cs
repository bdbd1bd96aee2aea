using Endpoints.CrossSite;
using Endpoints.Validation;
using Endpoints.Wix.Elevation.Actions;
using Endpoints.Wix.Elevation.Bodies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation;

/// <summary>Attaches the pipeline to an endpoint that is being built: the guards around its request delegate, the grant around its handler.</summary>
internal static class ElevationConvention
{
    private static readonly Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate> Grant =
        static (handler, next) =>
        {
            var parameters = Array.ConvertAll(handler.MethodInfo.GetParameters(), static parameter => parameter.Name ?? "");
            return invocation => ElevationPipeline.GrantAsync(invocation, parameters, next);
        };

    /// <summary>Adds validation, if nobody has, and the grant after it.</summary>
    public static void AddValidatedGrant(EndpointBuilder builder)
    {
        if (Action(builder) is not { } action)
        {
            ValidationFilter.AddTo(builder);
            AddGrant(builder);
        }
        else if (!action.Properties.ContainsKey(typeof(GuardedEndpoint))) // by its own attribute
        {
            ElevatedActions.AddGrant(action, builder.Metadata, builder.ApplicationServices);
        }
    }

    /// <summary>Adds the grant as the innermost filter so far: one that a group put further out moves in.</summary>
    public static void AddGrant(EndpointBuilder builder)
    {
        builder.FilterFactories.Remove(Grant);
        builder.FilterFactories.Add(Grant);
    }

    /// <summary>Wraps the request delegate in the guards of the nearest attribute. Once per endpoint.</summary>
    /// <exception cref="InvalidOperationException">The endpoint can't be guarded; the message says how to mend it.</exception>
    public static void AddGuards(EndpointBuilder builder)
    {
        if (builder.Metadata.Any(static item => item is GuardedEndpoint))
            return;
        var name = builder.DisplayName ?? "an endpoint without a name";
        // What stands on the code itself is nearer than any convention, in whatever order a framework collects them.
        var attributes = builder.Metadata.OfType<ElevateAttribute>().ToList();
        var attribute = attributes.LastOrDefault(static attribute => !attribute.IsConvention) ?? attributes[^1];
        var pipeline = builder.ApplicationServices.GetService<ElevationPipeline>() ?? throw new InvalidOperationException(
            $"[Elevate] on {name}: Wix is not set up. Call builder.Services.AddWix(builder.Configuration) in Program.cs.");
        var next = builder.RequestDelegate ?? throw new InvalidOperationException(
            $"[Elevate] on {name}: there is nothing to guard. Put it on an endpoint that answers requests.");

        var guarded = pipeline.Guard(
            name,
            (builder as RouteEndpointBuilder)?.RoutePattern.RawText ?? name,
            attribute,
            Action(builder) is { } action
                ? ElevatedActions.Body(action, builder.ApplicationServices)
                : new(ElevatedBody.BoundType(builder.Metadata), builder.ApplicationServices.GetService<IOptions<JsonOptions>>()?.Value.SerializerOptions),
            SafeRequest.AlwaysActs(builder.Metadata) || (Action(builder) is { } streaming && ElevatedActions.AlwaysActs(streaming)));
        Describe(builder.Metadata, guarded);
        next = builder.ApplicationServices.GetService<StandIn>()?.Handler ?? next;
        builder.RequestDelegate = context => pipeline.InvokeAsync(context, guarded, next);
    }

    /// <summary>Adds what the rest of the application must know of a guarded endpoint.</summary>
    public static void Describe(IList<object> metadata, GuardedEndpoint guarded)
    {
        metadata.Add(guarded);
        metadata.Add(NeverStored.Instance);
        if (!metadata.Any(static item => item is IRequestSizeLimitMetadata))
            metadata.Add(BodyLimit.Instance);
    }

    private static ControllerActionDescriptor? Action(EndpointBuilder builder) => builder.Metadata.OfType<ControllerActionDescriptor>().LastOrDefault();
}
