
namespace Endpoints.Tests.Hosting;

/// <summary>Answers with the file and method that were chosen and the route values.</summary>
public static class Echo
{
    public static string Answer(HttpContext context)
    {
        var endpoint = context.GetEndpoint()!;
        var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Single() ?? "ALL";
        var values = context.Request.RouteValues.OrderBy(value => value.Key).Select(value => $"{value.Key}={value.Value ?? "null"}");
        context.Response.Headers["X-Chosen"] = $"{endpoint.Metadata.GetMetadata<FileRoute>()!.Route} {method}";
        return $"{endpoint.Metadata.GetMetadata<FileRoute>()!.Route}|{method}|{string.Join(';', values)}";
    }
}
