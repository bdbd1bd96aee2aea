using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Problems;

/// <summary>
/// Represents a request feature that holds the cookies that were set before the endpoint ran. They belong to the application and are kept
/// if the endpoint fails.
/// </summary>
internal sealed class AnswerBefore
{
    private readonly StringValues _cookies;
    private readonly Action? _drop;

    private AnswerBefore(StringValues cookies, Action? drop) => (_cookies, _drop) = (cookies, drop);

    /// <returns>The cookies set so far, or null if there are none.</returns>
    public static AnswerBefore? Of(HttpContext context)
    {
        var cookies = context.Response.Headers.SetCookie;
        var parts = context.Features.Get<IAnswerParts>();
        return cookies.Count == 0 && parts is null ? null : new(cookies, parts?.Keep());
    }

    /// <summary>Drops the cookies that the endpoint set, and no others.</summary>
    public static void Restore(HttpContext context)
    {
        var before = context.Features.Get<AnswerBefore>();
        context.Response.Headers.SetCookie = before?._cookies ?? default;
        if (before?._drop is { } drop)
            drop();
        else
            context.Features.Get<IAnswerParts>()?.Discard();
    }
}
