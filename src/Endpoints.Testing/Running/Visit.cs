using Endpoints.Wix.Elevation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Testing.Running;

/// <summary>What one request of the matrix came to inside the application. It travels with the request; no client can make one.</summary>
internal sealed class Visit : IEndpointFeature
{
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
            _endpoint = value;
            Chosen ??= value;
        }
    }
}
