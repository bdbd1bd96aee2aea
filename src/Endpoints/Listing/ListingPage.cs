using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Listing;

/// <summary>Responds with the list of endpoints, as a page or as JSON on request. Mapped only during development.</summary>
internal sealed class ListingPage(EndpointList list, IHostEnvironment environment)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private bool _isMapped;

    /// <summary>Maps the page once, in Development only.</summary>
    public static void AddTo(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            return;
        var page = services.GetRequiredService<ListingPage>();
        if (page._isMapped)
            return;
        page._isMapped = true;
        endpoints.DataSources.Add(
            new ListingDataSource(page.InvokeAsync, "/_endpoints", "List of endpoints", HttpMethods.Get, HttpMethods.Head));
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var asJson = WantsJson(context.Request);
        var endpoints = await list.LoadAsync(context).ConfigureAwait(false);
        var body = asJson
            ? JsonSerializer.SerializeToUtf8Bytes(new { endpoints = endpoints.Select(Row) }, Json)
            : Encoding.UTF8.GetBytes(ListingHtml.Write(environment.ApplicationName, endpoints));

        await WriteAsync(context, body, asJson ? "application/json" : "text/html; charset=utf-8", ListingHtml.ContentSecurityPolicy)
            .ConfigureAwait(false);
    }

    /// <summary>Responds with a page that is for this browser tab alone: not stored, not framed, and not readable from elsewhere.</summary>
    public static async Task WriteAsync(HttpContext context, byte[] body, string type, string contentSecurityPolicy)
    {
        var response = context.Response;
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.Vary = "Accept";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers.ContentSecurityPolicy = contentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // In these letters alone: the server leaves the body out of no other.
        if (context.Request.Method != "HEAD")
            await response.BodyWriter.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static object Row(ListedEndpoint endpoint) => new
    {
        endpoint.Methods,
        endpoint.Route,
        endpoint.File,
        endpoint.Name,
        endpoint.Folders,
        Guards = endpoint.Guards.Where(static one => !one.Guard.IsLimit).Select(static one => new { one.Guard.Name, one.Guard.Value }),
        Limits = endpoint.Guards.Where(static one => one.Guard.IsLimit).Select(static one => new
        {
            one.Guard.Name,
            one.Guard.Value,
            Status = one.Status is { } status ? new { status.Limit, status.Remaining, status.ResetSeconds } : null,
        }),
    };

    private static bool WantsJson(HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        return Quality("application/json") > Quality("text/html");

        double Quality(string type) =>
            accept.Where(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
                .Select(static range => range.Quality ?? 1).DefaultIfEmpty(0).Max();
    }
}
