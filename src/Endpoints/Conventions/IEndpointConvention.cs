using Microsoft.AspNetCore.Builder;

namespace Endpoints;

/// <summary>
/// Represents an attribute that configures the endpoint of the file route it is applied to, as a convention on a route group does.
/// </summary>
/// <remarks>
/// It may be placed on the handler's method, its class, or the class of a <c>_folder.cs</c> file. It is applied after every other
/// convention, when the endpoint's metadata is complete and its request delegate has not been created, so that it may add filters and wrap
/// the delegate.
/// </remarks>
public interface IEndpointConvention
{
    /// <summary>Applies the convention to the endpoint being built.</summary>
    /// <param name="builder">The endpoint, with all of its metadata.</param>
    /// <exception cref="InvalidOperationException">
    /// The endpoint can't be served; the message says how to fix it. The application does not start.
    /// </exception>
    void Apply(EndpointBuilder builder);
}
