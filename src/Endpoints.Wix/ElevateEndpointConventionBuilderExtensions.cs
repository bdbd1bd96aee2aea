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
    /// <param name="rateLimit">See <see cref="ElevateAttribute.RateLimit"/>.</param>
    /// <param name="policy">See <see cref="ElevateAttribute.Policy"/>.</param>
    /// <param name="only">See <see cref="ElevateAttribute.Only"/>.</param>
    /// <param name="check">See <see cref="ElevateAttribute.Check"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="callers"/> names nobody, or something that is no kind of caller.</exception>
    /// <exception cref="InvalidOperationException">When the application starts: <c>AddWix</c> was not called, an argument is wrong, or the guards can't run there.</exception>
    public static TBuilder Elevate<TBuilder>(
        this TBuilder builder, Callers callers, string? rateLimit = null, string? policy = null, string[]? only = null, Type? check = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var attribute = new ElevateAttribute(callers) { RateLimit = rateLimit, Policy = policy, Only = only, Check = check, IsConvention = true };
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
}
