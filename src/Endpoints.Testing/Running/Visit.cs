using Endpoints.Wix.Elevation.Locking;
using Endpoints.Wix.Elevation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Testing.Running;

/// <summary>What one request of the matrix came to inside the application. It travels with the request; no client can make one.</summary>
/// <param name="wanted">The endpoint that is called. No other is run, should the request come to one.</param>
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

    /// <summary>The endpoint that the guards let the request pass to; null when they did not.</summary>
    public GuardedEndpoint? Admitted { get; set; }

    /// <summary>The first endpoint that routing chose; null when it chose none.</summary>
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
