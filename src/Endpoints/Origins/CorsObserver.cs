using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Origins;

/// <summary>Records the decision of the CORS middleware, in front of all middleware.</summary>
/// <remarks>
/// Only the middleware knows a policy that is passed to <c>UseCors(...)</c> itself. Its decision is visible only in the callbacks that it
/// registers for when the response starts. If it is not visible, the request counts as one that CORS does not allow.
/// </remarks>
internal sealed class CorsObserver : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (app.ApplicationServices.GetService<ICorsService>() is not null)
        {
            app.Use(static pipeline => context =>
            {
                if (context.Request.Headers.Origin.Count > 0 && context.Features.Get<IHttpResponseFeature>() is { } response)
                    context.Features.Set<IHttpResponseFeature>(new ObservedResponse(response, context.Features));
                return pipeline(context);
            });
        }
        next(app);
    };

    private sealed class ObservedResponse(IHttpResponseFeature response, IFeatureCollection features) : IHttpResponseFeature
    {
        public int StatusCode
        {
            get => response.StatusCode;
            set => response.StatusCode = value;
        }

        public string? ReasonPhrase
        {
            get => response.ReasonPhrase;
            set => response.ReasonPhrase = value;
        }

        public IHeaderDictionary Headers
        {
            get => response.Headers;
            set => response.Headers = value;
        }

        [Obsolete("As in the interface: what writes bodies has a feature of its own.")]
        public Stream Body
        {
            get => response.Body;
            set => response.Body = value;
        }

        public bool HasStarted => response.HasStarted;

        public void OnStarting(Func<object, Task> callback, object state)
        {
            if (state is ITuple parts)
            {
                for (var i = 0; i < parts.Length; i++)
                {
                    if (parts[i] is CorsResult result)
                        features.Set(new AppliedCors(result));
                }
            }
            response.OnStarting(callback, state);
        }

        public void OnCompleted(Func<object, Task> callback, object state) => response.OnCompleted(callback, state);
    }
}
