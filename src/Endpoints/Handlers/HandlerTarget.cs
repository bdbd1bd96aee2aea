using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Handlers;

/// <summary>Creates the instance of a handler class that handles one request. It is disposed after the response.</summary>
internal static class HandlerTarget
{
    public static Func<HttpContext, object> For(Type handler)
    {
        var create = ActivatorUtilities.CreateFactory(handler, []);
        if (typeof(IAsyncDisposable).IsAssignableFrom(handler))
        {
            return context =>
            {
                var target = create(context.RequestServices, null);
                context.Response.RegisterForDisposeAsync((IAsyncDisposable)target);
                return target;
            };
        }
        if (typeof(IDisposable).IsAssignableFrom(handler))
        {
            return context =>
            {
                var target = create(context.RequestServices, null);
                context.Response.RegisterForDispose((IDisposable)target);
                return target;
            };
        }
        return context => create(context.RequestServices, null);
    }
}
