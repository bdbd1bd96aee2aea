using Endpoints.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation;

/// <summary>The grant of one endpoint: a filter that is to be the innermost. As metadata it knows whether the endpoint has it.</summary>
internal sealed class EndpointGrant
{
    private readonly EndpointBuilder _builder;

    public EndpointGrant(EndpointBuilder builder)
    {
        _builder = builder;
        Factory = Create;
    }

    /// <summary>Makes the filter.</summary>
    public Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate> Factory { get; }

    /// <summary>The guards that must have let a request pass which comes to the filter; null until they are there.</summary>
    public GuardedEndpoint? Guarded { get; set; }

    /// <summary>Whether the filter was made, and another one closer to the handler.</summary>
    public bool IsOvertaken { get; private set; }

    /// <summary>Whether it is this endpoint's. An endpoint that is made of another one has its metadata, and not its filters.</summary>
    public bool IsOf(EndpointBuilder builder) => ReferenceEquals(_builder, builder);

    private EndpointFilterDelegate Create(EndpointFilterFactoryContext handler, EndpointFilterDelegate next)
    {
        IsOvertaken = _builder.FilterFactories is not [.., var last] || !ReferenceEquals(last, Factory);
        var names = Array.ConvertAll(handler.MethodInfo.GetParameters(), static parameter => parameter.Name ?? "");
        var isFile = _builder.Metadata.OfType<FileRoute>().Any(); // whose binding fails by an exception
        return new GrantStep(this, names, next, statusTellsBinding: !isFile).InvokeAsync;
    }
}
