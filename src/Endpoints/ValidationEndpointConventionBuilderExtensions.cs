using Endpoints.Validation;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods for validating the arguments of minimal APIs.</summary>
public static class ValidationEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Validates every argument that has a validator (FluentValidation's <c>IValidator&lt;T&gt;</c>) before the handler runs. File routes
    /// do so by default. A request that fails is answered with 400 and a problem document of the type
    /// <c>urn:endpoints:problem:validation</c>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The arguments with validators are determined once for each endpoint; an endpoint without any has no overhead. Members of
    /// <c>[AsParameters]</c> objects count as arguments, and so do the elements of collections. Validators are resolved from the request's
    /// own scope and receive its cancellation token; rules may be asynchronous. Only the default rule set runs, and only failures of the
    /// severity <c>Error</c> reject a request.
    /// </para>
    /// <para>
    /// <c>errors</c> lists all errors of all arguments, under the client's names: <c>address.zip</c> and <c>items[2].price</c> in a JSON
    /// body, in the application's casing and by its <c>[JsonPropertyName]</c>s; route values, query parameters, headers and form fields by
    /// their own names. It has at most 1,000 entries; <c>more</c> then indicates that there may be others.
    /// </para>
    /// </remarks>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The endpoint, or the group.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TBuilder WithValidation<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(ValidationFilter.AddTo);
        return builder;
    }
}
