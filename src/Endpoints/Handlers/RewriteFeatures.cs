using Endpoints.Origins;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCaching;

namespace Endpoints.Handlers;

/// <summary>
/// Sets aside the features that the framework's middleware has added to a request while it runs through it again: some middleware fails if
/// it finds them, and other middleware drops them.
/// </summary>
internal sealed class RewriteFeatures
{
    private readonly HttpContext _context;
    private readonly IOutputCacheFeature? _outputCache;
    private readonly IResponseCachingFeature? _responseCaching;
    private readonly ISessionFeature? _session;
    private readonly AppliedCors? _cors;

    private RewriteFeatures(HttpContext context)
    {
        _context = context;
        _outputCache = context.Features.Get<IOutputCacheFeature>();
        _responseCaching = context.Features.Get<IResponseCachingFeature>();
        _session = context.Features.Get<ISessionFeature>();
        _cors = context.Features.Get<AppliedCors>();
    }

    public static RewriteFeatures PutAside(HttpContext context)
    {
        var aside = new RewriteFeatures(context);
        context.Features.Set<IOutputCacheFeature>(null);
        context.Features.Set<IResponseCachingFeature>(null);
        context.Features.Set<AppliedCors>(null);
        if (aside._session is { Session: { } session } && context.Features.Get<FirstSession>() is null)
            context.Features.Set(new FirstSession(session));
        return aside;
    }

    public void PutBack()
    {
        _context.Features.Set(_outputCache);
        _context.Features.Set(_responseCaching);
        _context.Features.Set(_session);
        _context.Features.Set(_cors);
    }

    /// <summary>
    /// Gives the target file of a rewrite the session of the original request, because the middleware has created another one.
    /// </summary>
    public static RequestDelegate WithSession(RequestDelegate next) => context =>
    {
        if (context.Features.Get<FirstSession>() is { } first && context.Features.Get<ISessionFeature>() is { } own)
            own.Session = first.Session;
        return next(context);
    };

    private sealed record FirstSession(ISession Session);
}
