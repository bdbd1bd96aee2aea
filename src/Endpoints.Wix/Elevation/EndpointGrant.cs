using Endpoints.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation;

/// <summary>
/// Represents the grant of one endpoint: a filter that must be the innermost. As metadata, it records whether the endpoint has the filter.
/// </summary>
internal sealed class EndpointGrant
{
    private readonly EndpointBuilder _builder;

    public EndpointGrant(EndpointBuilder builder)
    {
        _builder = builder;
        Factory = Create;
    }

    /// <summary>Gets the factory of the filter.</summary>
    public Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate> Factory { get; }

    /// <summary>
    /// Gets or sets the guards that a request must have passed before it reaches the filter; <see langword="null"/> until they are added.
    /// </summary>
    public GuardedEndpoint? Guarded { get; set; }

    /// <summary>Gets a value that indicates whether the filter was created and is not the one closest to the handler.</summary>
    public bool IsOvertaken { get; private set; }

    /// <summary>
    /// Determines whether the grant belongs to the specified endpoint. An endpoint built from another one has its metadata but not its
    /// filters.
    /// </summary>
    public bool IsOf(EndpointBuilder builder) => ReferenceEquals(_builder, builder);

    private EndpointFilterDelegate Create(EndpointFilterFactoryContext handler, EndpointFilterDelegate next)
    {
        IsOvertaken = _builder.FilterFactories is not [.., var last] || !ReferenceEquals(last, Factory);
        var names = Array.ConvertAll(handler.MethodInfo.GetParameters(), static parameter => parameter.Name ?? "");
        var isFile = _builder.Metadata.OfType<FileRoute>().Any(); // whose binding fails by an exception
        return new GrantStep(this, names, next, statusTellsBinding: !isFile).InvokeAsync;
    }
}
