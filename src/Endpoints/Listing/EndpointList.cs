using Endpoints.CompilerServices;
using Endpoints.Conventions;
using Endpoints.Origins;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Listing;

/// <summary>Lists the endpoints of an application from their metadata.</summary>
internal sealed partial class EndpointList(EndpointDataSource endpoints, IOptions<FileRouteOptions> options, LimitedEndpoints limited,
    RateLimitGate gate, IEnumerable<IListedRows> more, IEnumerable<IListedGuards> known, ILogger<EndpointList> logger)
{
    /// <summary>
    /// Returns the endpoint files in the order in which their routes are matched, then other files, followed by all other endpoints.
    /// </summary>
    /// <param name="context">The request, for which the state of limits is shown.</param>
    public async Task<IReadOnlyList<ListedEndpoint>> LoadAsync(HttpContext context)
    {
        var caller = await CallerAsync(context).ConfigureAwait(false);
        var listed = new List<ListedEndpoint>();
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<FileNode>() is null && endpoint.Metadata.GetMetadata<ListingMetadata>() is null)
                listed.Add(await DescribeAsync(endpoint, context, caller).ConfigureAwait(false));
        }

        return [.. listed.Concat(more.SelectMany(static rows => rows.Load())).OrderBy(static endpoint => endpoint.File is null)];
    }

    private async ValueTask<ListedEndpoint> DescribeAsync(RouteEndpoint endpoint, HttpContext context, RateLimitCaller? caller)
    {
        var metadata = (await LoadedPages.OfAsync(endpoint, context.RequestServices).ConfigureAwait(false) ?? endpoint).Metadata;
        if (endpoint.RequestDelegate is not null && LimitedEndpoints.IsUnasked(metadata))
            metadata = limited.Limited(new(endpoint.RequestDelegate, endpoint.RoutePattern, endpoint.Order, metadata, endpoint.DisplayName))
                .Metadata;
        var file = metadata.GetMetadata<FileRoute>();
        var methods = metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        var guards = GuardDescriptions.Of(metadata, await StatusAsync(metadata.GetMetadata<EndpointLimits>(), context, caller)
            .ConfigureAwait(false));
        if (file is not null && options.Value.CheckOrigin && (methods.Count == 0 || !methods.All(SafeRequest.IsSafeMethod)))
            guards.Insert(0, new(new("Origin", "no unsafe requests from other sites, unless CORS allows them")));

        guards.AddRange(known.SelectMany(one => one.Of(endpoint)).Select(static guard => new ListedGuard(guard)));
        var route = endpoint.RoutePattern.RawText ?? "";
        return new ListedEndpoint(
            methods,
            route.StartsWith('/') ? route : "/" + route,
            file?.File,
            endpoint.DisplayName,
            file is null ? [] : [.. file.Folders.Select(static folder => folder.Name)],
            guards);
    }

    private async ValueTask<IReadOnlyList<LimitStatus?>> StatusAsync(EndpointLimits? limits, HttpContext context, RateLimitCaller? caller)
    {
        var all = new List<LimitStatus?>();
        foreach (var use in limits?.All ?? [])
        {
            try
            {
                all.Add(use.Scope.Rule.NeedsCaller && caller is null
                    ? null : await gate.InspectAsync(context, use, caller ?? default).ConfigureAwait(false));
            }
            catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
            {
                LogUnknown(e, use.Scope.Name); // the store is away, or the application's own function expects a request of the endpoint
                all.Add(null);
            }
        }

        return all;
    }

    private async ValueTask<RateLimitCaller?> CallerAsync(HttpContext context)
    {
        try
        {
            return await RateLimitGate.IdentifyAsync(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            LogNobody(e);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The list of endpoints can't show the state of the limit {Rule}")]
    private partial void LogUnknown(Exception cause, string rule);

    [LoggerMessage(2, LogLevel.Warning, "The list of endpoints can't show the state of limits by caller: the caller can't be identified")]
    private partial void LogNobody(Exception cause);
}
