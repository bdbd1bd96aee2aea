using Endpoints.Wix.Elevation.Locking;
using Endpoints.Wix.Elevation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Testing.Running;

/// <summary>
/// Records how one request of the matrix was routed inside the application. The object travels with the request; no client can create one.
/// </summary>
/// <param name="wanted">The endpoint that is called. If the request reaches another endpoint, that endpoint does not run.</param>
internal sealed class Visit(GuardedRoute wanted) : IEndpointFeature
{
    private static readonly Endpoint Elsewhere = new(
        static context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        },
        EndpointMetadataCollection.Empty,
        "An endpoint that the request was not meant for");

    private Endpoint? _endpoint;

    /// <summary>Gets or sets the endpoint that the guards let the request pass to, or <see langword="null"/> if they did not.</summary>
    public GuardedEndpoint? Admitted { get; set; }

    /// <summary>Gets the first endpoint that routing selected, or <see langword="null"/> if it selected none.</summary>
    public Endpoint? Chosen { get; private set; }

    Endpoint? IEndpointFeature.Endpoint
    {
        get => _endpoint;
        set
        {
            _endpoint = value is null || wanted.IsSame(value) ? value : Elsewhere;
            Chosen ??= value;
        }
    }
}
