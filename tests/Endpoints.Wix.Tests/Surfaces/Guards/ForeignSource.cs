using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>
/// Makes endpoints as a reverse proxy, a component framework or an RPC framework does: with conventions, and without endpoint filters.
/// </summary>
internal sealed class ForeignSource(IServiceProvider services, string pattern, RequestDelegate answer,
    bool isLate = false) : EndpointDataSource, IEndpointConventionBuilder
{
    private readonly List<Action<EndpointBuilder>> _conventions = [];
    private readonly List<Action<EndpointBuilder>> _last = [];
    private readonly Lock _gate = new();
    private IReadOnlyList<Endpoint>? _made;
    private bool _isThere = !isLate;
    private ConfigurationReloadToken _change = new();

    public override IReadOnlyList<Endpoint> Endpoints
    {
        get
        {
            lock (_gate)
                return _made ??= _isThere ? [Make()] : [];
        }
    }

    public void Add(Action<EndpointBuilder> convention) => _conventions.Add(convention);

    public void Finally(Action<EndpointBuilder> finallyConvention) => _last.Add(finallyConvention);

    public override IChangeToken GetChangeToken() => _change;

    public void Appear()
    {
        var changed = _change;
        lock (_gate)
            (_isThere, _made, _change) = (true, null, new());
        changed.OnReload();
    }

    private Endpoint Make()
    {
        var builder = new RouteEndpointBuilder(answer, RoutePatternFactory.Parse(pattern),
            0) { DisplayName = "foreign " + pattern, ApplicationServices = services };
        foreach (var convention in _conventions.Concat(_last))
            convention(builder);
        return builder.Build();
    }
}

/// <summary>Has endpoints that were made elsewhere.</summary>
internal sealed class MadeEndpoints(params Endpoint[] endpoints) : EndpointDataSource
{
    public override IReadOnlyList<Endpoint> Endpoints => endpoints;

    public override IChangeToken GetChangeToken() => new ConfigurationReloadToken();
}

/// <summary>An older framework's builder, which knows no final conventions.</summary>
internal sealed class OldBuilder : IEndpointConventionBuilder
{
    public void Add(Action<EndpointBuilder> convention)
    {
    }
}
