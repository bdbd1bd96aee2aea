using Endpoints.Validation;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Validates the arguments of minimal APIs.</summary>
public static class ValidationEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Validates every argument of the handlers that has a validator (FluentValidation's <c>IValidator&lt;T&gt;</c>) before the handler runs. File routes do so
    /// by themselves. The answer to a request that fails is 400, with a problem document of the type <c>urn:endpoints:problem:validation</c>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Which arguments have validators is worked out once for each endpoint; one that has none costs nothing. Members of <c>[AsParameters]</c> objects count
    /// as arguments, and so do the elements of collections. Validators come from the request's own scope and see its cancellation; rules may be
    /// asynchronous. Of several rule sets the default one is asked, and only failures of the severity <c>Error</c> refuse a request.
    /// </para>
    /// <para>
    /// <c>errors</c> lists all errors of all arguments, named as the client names them: <c>address.zip</c> and <c>items[2].price</c> in a JSON body, in the
    /// casing and by the <c>[JsonPropertyName]</c>s of the application; route values, query parameters, headers and form fields by their own names. It has
    /// 1,000 entries at most; <c>more</c> then says that there may be others.
    /// </para>
    /// </remarks>
    /// <typeparam name="TBuilder">An endpoint, or a group of endpoints.</typeparam>
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
