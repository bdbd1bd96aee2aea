using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Handlers;

/// <summary>
/// Reads a form before it is bound. If the form can't be read, binding would hide the reason: it reports a missing parameter, or nothing at
/// all.
/// </summary>
internal static class FormAhead
{
    public static RequestDelegate Of(RequestDelegate next, IList<object> metadata, EmptyValues empty)
    {
        if (!metadata.OfType<IAcceptsMetadata>().Any(static accepts => accepts.ContentTypes.Any(IsForm)))
            return next;
        return async context =>
        {
            if (context.Request.HasFormContentType)
                empty.LeaveOutOfForm(context, await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false));
            await next(context).ConfigureAwait(false);
        };
    }

    private static bool IsForm(string type) => type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
}
