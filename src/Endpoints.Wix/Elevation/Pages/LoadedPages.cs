using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Pages;

/// <summary>Loads Razor Pages as their first request would, so that faults of their guards are found before a request.</summary>
internal static class LoadedPages
{
    /// <summary>
    /// Returns the endpoint that requests for a page reach; <see langword="null"/> if it is not a page or can't be compiled.
    /// </summary>
    public static Endpoint? Of(Endpoint endpoint, IServiceProvider services)
    {
        if (endpoint.Metadata.GetMetadata<ActionDescriptor>() is not PageActionDescriptor page || page is CompiledPageActionDescriptor)
            return null;
        try
        {
            // At start there is nobody to hold up.
            return services.GetService<PageLoader>()?.LoadAsync(page, endpoint.Metadata).GetAwaiter().GetResult().Endpoint;
        }
        catch (Exception e) when (e is ICompilationException)
        {
            return null; // its requests say so better
        }
    }
}
