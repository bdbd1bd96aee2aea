using Adversary.Site.Work;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Adversary.Site.Surfaces;

/// <summary>Endpoints as other frameworks make them, proxies say: a request delegate, and conventions on it.</summary>
internal sealed class ForeignEndpoints(IServiceProvider services) : EndpointDataSource, IEndpointConventionBuilder
{
    private readonly List<Action<EndpointBuilder>> _conventions = [];
    private readonly List<Action<EndpointBuilder>> _finally = [];
    private IReadOnlyList<Endpoint>? _endpoints;

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints ??= [Build()];

    public static ForeignEndpoints Map(WebApplication app)
    {
        var source = new ForeignEndpoints(app.Services);
        ((IEndpointRouteBuilder)app).DataSources.Add(source);
        return source;
    }

    public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);

    public void Add(Action<EndpointBuilder> convention) => _conventions.Add(convention);

    public void Finally(Action<EndpointBuilder> finalConvention) => _finally.Add(finalConvention);

    private RouteEndpoint Build()
    {
        var builder = new RouteEndpointBuilder(
            static context => context.Response.WriteAsJsonAsync(Job.Describe(context, "foreign"), context.RequestAborted),
            RoutePatternFactory.Parse("/foreign/{**rest}"),
            order: 0)
        {
            ApplicationServices = services,
            DisplayName = "foreign",
        };
        foreach (var convention in _conventions.Concat(_finally))
            convention(builder);
        return (RouteEndpoint)builder.Build();
    }
}
