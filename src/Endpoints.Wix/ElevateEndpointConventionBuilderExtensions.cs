using Endpoints.Wix;
using Endpoints.Wix.Elevation.Conventions;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods that elevate endpoints mapped in code.</summary>
public static class ElevateEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Guards an endpoint or a route group and lets its handlers act as the app, as <see cref="ElevateAttribute"/> does on an endpoint
    /// file.
    /// </summary>
    /// <remarks>
    /// Endpoint filters run before the check and outside the grant, whenever they are added. On nested groups the nearest call applies. An
    /// attribute on the handler takes precedence over every call.
    /// </remarks>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The endpoint or route group.</param>
    /// <param name="callers">The kinds of callers that may call, at least one.</param>
    /// <param name="configure">
    /// A delegate that configures the other guards of the endpoint. Assign the settings in the lambda itself, so that the guard lock
    /// records them.
    /// </param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="callers"/> names no kind of caller or contains an undefined value.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Thrown when the application starts: <c>AddWix</c> has not been called, a setting is invalid, or the guards can't run on the
    /// endpoint.
    /// </exception>
    public static TBuilder Elevate<TBuilder>(this TBuilder builder, Callers callers, Action<ElevateOptions>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var attribute = Attribute(callers, configure, builder is RouteHandlerBuilder);
        builder.Add(endpoint =>
        {
            endpoint.Metadata.Add(attribute);
            ElevationConvention.AddValidatedGrant(endpoint);
        });
        // Finally, so that the nearest call is known and nothing the endpoint adds lies outside the guards.
        try
        {
            builder.Finally(ElevationConvention.AddGuards);
        }
        catch (NotImplementedException e)
        {
            throw new InvalidOperationException(
                $".Elevate(...): {typeof(TBuilder).Name} applies no final conventions (IEndpointConventionBuilder.Finally), so the "
                + "guards can't be put around its endpoints.", e);
        }

        return builder;
    }

    private static ElevateAttribute Attribute(Callers callers, Action<ElevateOptions>? configure, bool isOfOne)
    {
        var options = new ElevateOptions();
        configure?.Invoke(options);
        // Copied: what is done to the options later changes nothing.
        return new(callers)
        {
            RateLimit = options.RateLimit,
            Policy = options.Policy,
            Only = options.Only is { } only ? [.. only] : null,
            Check = options.Check,
            App = options.App,
            IsConvention = true,
            IsOfOne = isOfOne,
        };
    }
}
