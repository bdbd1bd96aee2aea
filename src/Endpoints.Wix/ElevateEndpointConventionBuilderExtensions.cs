using Endpoints.Wix;
using Endpoints.Wix.Elevation.Conventions;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Elevation for endpoints that are mapped by hand.</summary>
public static class ElevateEndpointConventionBuilderExtensions
{
    /// <summary>Guards an endpoint or a route group and lets its handlers act as the app, as <see cref="ElevateAttribute"/> does on an endpoint file.</summary>
    /// <remarks>Endpoint filters run before the check and outside the grant, whenever they are added. On nested groups the nearest call counts, and an attribute on the handler before any call.</remarks>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="callers">Who may call: one or more kinds.</param>
    /// <param name="configure">Sets what else guards the endpoint. Assign the settings in the lambda itself, so that the guard lock has them.</param>
    /// <returns>The endpoint or group, for further calls.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="callers"/> names nobody, or something that is no kind of caller.</exception>
    /// <exception cref="InvalidOperationException">When the application starts: <c>AddWix</c> was not called, a setting is wrong, or the guards can't run there.</exception>
    public static TBuilder Elevate<TBuilder>(this TBuilder builder, Callers callers, Action<ElevateOptions>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var attribute = Attribute(callers, configure);
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
                $".Elevate(...): {typeof(TBuilder).Name} applies no final conventions (IEndpointConventionBuilder.Finally), so the guards can't be put around its endpoints.", e);
        }

        return builder;
    }

    private static ElevateAttribute Attribute(Callers callers, Action<ElevateOptions>? configure)
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
            IsConvention = true,
        };
    }
}
