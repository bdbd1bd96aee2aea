using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Diagnostics;

namespace Endpoints.Conventions;

/// <summary>Loads Razor Pages as their first request would, so that faults of what is on them are found before a request.</summary>
internal static class LoadedPages
{
    /// <summary>Determines whether an endpoint is a page that requests don't reach before it is loaded.</summary>
    public static bool IsOne(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ActionDescriptor>() is PageActionDescriptor and not CompiledPageActionDescriptor;

    /// <summary>
    /// Returns the endpoint that requests for a page reach; <see langword="null"/> if it is not a page or can't be compiled.
    /// </summary>
    public static async ValueTask<Endpoint?> OfAsync(Endpoint endpoint, IServiceProvider services)
    {
        if (!IsOne(endpoint))
            return null;
        var page = (PageActionDescriptor)endpoint.Metadata.GetMetadata<ActionDescriptor>()!; // it is one
        return (await LoadAsync(page, endpoint.Metadata, services).ConfigureAwait(false))?.Endpoint;
    }

    /// <summary>
    /// Returns an action as requests reach it that come to it without an endpoint, when the application starts: a loaded page, if it is a
    /// page.
    /// </summary>
    public static ActionDescriptor OfAction(ActionDescriptor action, IServiceProvider services) =>
        action is PageActionDescriptor page and not CompiledPageActionDescriptor
            ? LoadAsync(page, EndpointMetadataCollection.Empty, services).GetAwaiter().GetResult() ?? action
            : action;

    /// <summary>Returns the endpoint that requests for a page reach, when the application starts and there is nobody to hold up.</summary>
    public static Endpoint? Of(Endpoint endpoint, IServiceProvider services) =>
        IsOne(endpoint) ? OfAsync(endpoint, services).AsTask().GetAwaiter().GetResult() : null;

    private static async Task<CompiledPageActionDescriptor?> LoadAsync(PageActionDescriptor page, EndpointMetadataCollection metadata,
        IServiceProvider services)
    {
        if (services.GetService<PageLoader>() is not { } loader)
            return null;
        try
        {
            return await loader.LoadAsync(page, metadata).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ICompilationException)
        {
            return null; // its requests say so better
        }
    }
}
