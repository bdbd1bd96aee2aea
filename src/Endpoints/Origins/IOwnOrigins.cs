using Microsoft.AspNetCore.Http;

namespace Endpoints.Origins;

/// <summary>Provides origins that another part of the application knows as the site's own.</summary>
internal interface IOwnOrigins
{
    /// <summary>Determines whether an origin is the address under which browsers know the application.</summary>
    /// <param name="request">The request, whose host may say which of the application's sites it is for.</param>
    /// <param name="origin">The origin.</param>
    bool IsPublic(HttpRequest request, string origin);

    /// <summary>
    /// Determines whether an origin is an additional one of the site: another origin or site to a browser, but with the site's own pages.
    /// </summary>
    /// <param name="request">The request, whose host may say which of the application's sites it is for.</param>
    /// <param name="origin">The origin.</param>
    bool IsFurther(HttpRequest request, string origin);
}
