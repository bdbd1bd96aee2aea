using Endpoints.Origins;
using Endpoints.Wix.Apps;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Origins;

/// <summary>Provides the own origins of the app that a request is for.</summary>
internal sealed class RequestOrigins(PerApp<OwnOrigins> origins) : IOwnOrigins
{
    public bool IsPublic(HttpRequest request, string origin) => Of(request)?.IsPublic(origin) == true;

    public bool IsFurther(HttpRequest request, string origin) => Of(request)?.IsFurther(origin) == true;

    private OwnOrigins? Of(HttpRequest request) => origins.Apps.Find(request.HttpContext) is { } app ? origins.Of(app) : null;
}
