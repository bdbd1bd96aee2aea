namespace Endpoints.Origins;

/// <summary>Origins that another part of the application knows as the site's own.</summary>
internal interface IOwnOrigins
{
    /// <summary>Whether an origin is the address under which browsers know the application.</summary>
    bool IsPublic(string origin);

    /// <summary>Whether an origin is one of the site's further ones: to a browser another origin or site, whose pages are the site's own.</summary>
    bool IsFurther(string origin);
}
