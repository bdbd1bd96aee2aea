using Microsoft.AspNetCore.Http;

namespace Endpoints.Routing;

/// <summary>
/// Keeps the base path that a request has when it enters the pipeline. It is empty with most servers, and then nothing is kept.
/// </summary>
internal sealed class PathBaseAtStart(PathString value)
{
    /// <summary>Returns the base path that a request had when it entered the pipeline.</summary>
    public static PathString Of(HttpContext context) => context.Features.Get<PathBaseAtStart>()?.Value ?? PathString.Empty;

    /// <summary>Returns the pipeline, preceded by the step that keeps the base path.</summary>
    public static RequestDelegate Before(RequestDelegate pipeline) => context =>
    {
        if (context.Request.PathBase.HasValue)
            context.Features.Set(new PathBaseAtStart(context.Request.PathBase));
        return pipeline(context);
    };

    private PathString Value => value;
}
