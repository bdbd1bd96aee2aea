using Microsoft.AspNetCore.Builder;

namespace Endpoints;

/// <summary>An attribute that shapes the endpoint of the file route it stands on, as a convention on a route group would.</summary>
/// <remarks>
/// It may stand on the handler's method, its class, or the class of a <c>_folder.cs</c> file. It is applied after every other convention, when
/// the endpoint's metadata is complete and its request delegate has not been made, so that it may add filters and wrap the request delegate.
/// </remarks>
public interface IEndpointConvention
{
    /// <summary>Applies the convention to the endpoint being built.</summary>
    /// <param name="builder">The endpoint, with all of its metadata.</param>
    /// <exception cref="InvalidOperationException">The endpoint can't be served; the message says how to mend it. The application does not start.</exception>
    void Apply(EndpointBuilder builder);
}
