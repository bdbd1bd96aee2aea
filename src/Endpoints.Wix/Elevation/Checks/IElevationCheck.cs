namespace Endpoints.Wix;

/// <summary>
/// Provides a check that decides whether the caller may make a specific request, such as a change to an order that is the caller's own.
/// </summary>
/// <remarks>
/// A check is named by <see cref="ElevateAttribute.Check"/> and registered as a scoped service
/// (<c>AddWix(...).AddElevationCheck&lt;OwnsOrder&gt;()</c>). It runs after the request has been bound and validated, and before anything
/// is granted: calls in the check are not elevated.
/// </remarks>
public interface IElevationCheck
{
    /// <summary>Determines whether the handler may run.</summary>
    /// <param name="context">The caller and the bound request.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests. It is canceled when the client disconnects.</param>
    /// <returns>
    /// A task whose result is <see langword="true"/> if the handler may run; otherwise, <see langword="false"/>. Return
    /// <see langword="false"/> both for a resource that is not the caller's and for one that does not exist: the response is 404 in both
    /// cases, so that callers can't learn what exists.
    /// </returns>
    /// <remarks>
    /// If the check throws an exception, the handler does not run and the response is 500. Exceptions of calls that Wix refuses or can't
    /// answer are handled as elsewhere.
    /// </remarks>
    ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken);
}
