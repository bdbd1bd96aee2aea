using System.Text;
using System.Text.Json;
using Endpoints.Listing;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Webhooks.Plugins;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Webhooks.Hosting;

/// <summary>
/// Responds with the declaration of the app's tools, to paste into the extension <i>App Tools</i>: <c>/_endpoints/tools</c>. Mapped only
/// during development.
/// </summary>
internal sealed class ToolsPage(PerApp<PluginRegistry> plugins, ToolContracts contracts)
{
    public const string Path = "/_endpoints/tools";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private bool _isMapped;

    /// <summary>Maps the page once, in Development only.</summary>
    public static void AddTo(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            return;
        var page = services.GetRequiredService<ToolsPage>();
        if (page._isMapped)
            return;
        page._isMapped = true;
        endpoints.DataSources.Add(new ListingDataSource(page.InvokeAsync, Path, "Tools", HttpMethods.Get, HttpMethods.Head));
    }

    private Task InvokeAsync(HttpContext context)
    {
        var app = context.Request.Query["app"] is { Count: > 0 } name ? plugins.Apps.Find(name.ToString()) : plugins.Apps.First;
        if (app is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var declared = contracts.Declare(plugins.Of(app).All.Select(static one => one.Registration));
        return ListingPage.WriteAsync(context, Encoding.UTF8.GetBytes(declared.ToJsonString(Indented)), "application/json",
            ListingHtml.ContentSecurityPolicy);
    }
}
