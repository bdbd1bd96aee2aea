namespace Endpoints.Wix;

/// <summary>Describes the guards of an elevated endpoint, for documents and listings.</summary>
/// <remarks>
/// Endpoints whose guards are in place have it in their metadata, whichever attribute or call added the guards:
/// <c>endpoint.Metadata.GetMetadata&lt;IElevateMetadata&gt;()</c>. Don't implement it: members may be added, and the guards never read it.
/// </remarks>
public interface IElevateMetadata
{
    /// <summary>Gets the kinds of callers that may call.</summary>
    Callers Callers { get; }

    /// <summary>Gets the rate limit, such as <c>30/1m</c>; <see langword="null"/> if there is none.</summary>
    string? RateLimit { get; }

    /// <summary>
    /// Gets the name of the authorization policy that the caller must also meet; <see langword="null"/> if there is none.
    /// </summary>
    string? Policy { get; }

    /// <summary>Gets the calls that the handler may make as the app; <see langword="null"/> if all calls are allowed.</summary>
    IReadOnlyList<string>? Only { get; }

    /// <summary>Gets the type of the check that decides about the bound request; <see langword="null"/> if there is none.</summary>
    Type? Check { get; }

    /// <summary>
    /// Gets the name of the app that the handler acts as; <see langword="null"/> if the request's host determines it, or there is one app.
    /// </summary>
    string? App { get; }
}
