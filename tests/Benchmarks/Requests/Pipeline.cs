using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Requests;

/// <summary>
/// An application's request pipeline without a server: routing, the endpoint and its answer, and nothing that both sides would pay alike.
/// </summary>
internal sealed class Pipeline
{
    private readonly RequestDelegate _pipeline;
    private readonly IServiceProvider _services;
    private readonly FeatureCollection _features = new();
    private readonly HttpRequestFeature _request = new();
    private readonly HttpResponseFeature _response = new();
    private readonly DefaultHttpContext _context = new();
    private readonly byte[] _body;

    public Pipeline(Action<IServiceCollection> services, Action<IEndpointRouteBuilder> map, string method, string path, byte[]? body = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        services(builder.Services);
        _services = builder.Build().Services;

        var app = new ApplicationBuilder(_services);
        app.UseRouting();
        app.UseEndpoints(map);
        _pipeline = app.Build();

        _body = body ?? [];
        _request.Method = method;
        _request.Path = path;
        _request.Scheme = "http";
        _request.Protocol = "HTTP/1.1";
        _request.Headers.Host = "localhost";
        if (body is not null)
        {
            _request.Headers.ContentType = "application/json";
            _request.Headers.ContentLength = body.Length;
        }
    }

    public async Task<int> SendAsync()
    {
        _request.Body = new MemoryStream(_body);
        _response.StatusCode = StatusCodes.Status200OK;
        _response.Headers.Clear();
        _features.Set<IHttpRequestFeature>(_request);
        _features.Set<IHttpResponseFeature>(_response);
        _features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        _features.Set<IHttpRequestBodyDetectionFeature>(BodyDetection.Instance);
        _context.Initialize(_features);
        _context.RequestServices = _services;
        await _pipeline(_context);
        var status = _context.Response.StatusCode;
        _context.Uninitialize();
        foreach (var feature in _features.ToArray())
            _features[feature.Key] = null;
        return status;
    }

    private sealed class BodyDetection : IHttpRequestBodyDetectionFeature
    {
        public static readonly BodyDetection Instance = new();

        public bool CanHaveBody => true;
    }
}
