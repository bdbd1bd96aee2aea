using System.Security.Cryptography;
using System.Text;
using Endpoints.Listing;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Inboxes;

/// <summary>Responds with the failed events and runs them again: <c>/_endpoints/inbox</c>. Mapped only during development.</summary>
/// <remarks>A change needs a value from the page, which other sites can't read.</remarks>
internal sealed class FailedPage(WixInbox inbox, IHostEnvironment environment)
{
    public const string Path = "/_endpoints/inbox";
    private const int PageSize = 50;
    private const int LongestForm = 8 * 1024;
    private static readonly string Policy = ListingHtml.PolicyOf("'self'");

    private readonly string _proof = RandomSecret.New();
    private bool _isMapped;

    /// <summary>Maps the page once, in Development only.</summary>
    public static void AddTo(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            return;
        var page = services.GetRequiredService<FailedPage>();
        if (page._isMapped)
            return;
        page._isMapped = true;
        endpoints.DataSources.Add(new ListingDataSource(page.InvokeAsync, Path, "Failed events",
            HttpMethods.Get, HttpMethods.Head, HttpMethods.Post));
    }

    private async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (context.Request.Method == HttpMethods.Post)
                await ChangeAsync(context).ConfigureAwait(false);
            else
                await ShowAsync(context).ConfigureAwait(false);
        }
        catch (InboxUnavailableException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (handler, id) = ((string?)query["handler"], (string?)query["id"]);
        string html;
        if (handler is not null && id is not null)
        {
            if (await inbox.FindAsync(handler, id, context.RequestAborted).ConfigureAwait(false) is not { } entry)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            html = FailedHtml.Write(environment.ApplicationName, entry, _proof);
        }
        else
        {
            var counts = await inbox.CountAsync(context.RequestAborted).ConfigureAwait(false);
            var page = await inbox.ListFailedAsync(query["after"], PageSize, context.RequestAborted).ConfigureAwait(false);
            html = FailedHtml.Write(environment.ApplicationName, counts, page, _proof);
        }

        await ListingPage.WriteAsync(context, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", Policy).ConfigureAwait(false);
    }

    private async Task ChangeAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > LongestForm)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(form["proof"].ToString()), Encoding.UTF8.GetBytes(_proof)))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var (handler, id) = (form["handler"].ToString(), form["id"].ToString());
        var isChanged = form["change"].ToString() switch
        {
            "run" => await inbox.RunAgainAsync(handler, id, context.RequestAborted).ConfigureAwait(false),
            "discard" => await inbox.DiscardAsync(handler, id, context.RequestAborted).ConfigureAwait(false),
            _ => false,
        };
        if (!isChanged)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Request.PathBase + Path;
    }
}
