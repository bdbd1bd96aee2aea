namespace Endpoints.Origins;

/// <summary>Provides origins that another part of the application knows as the site's own.</summary>
internal interface IOwnOrigins
{
    /// <summary>Determines whether an origin is the address under which browsers know the application.</summary>
    bool IsPublic(string origin);

    /// <summary>
    /// Determines whether an origin is an additional one of the site: another origin or site to a browser, but with the site's own pages.
    /// </summary>
    bool IsFurther(string origin);
}
