namespace Endpoints.Wix;

/// <summary>Decides, for one request, whether its caller may do what it asks for: change this order, say, because it is the caller's own.</summary>
/// <remarks>
/// Named by <see cref="ElevateAttribute.Check"/> and registered as a service (<c>AddWix(...).AddElevationCheck&lt;OwnsOrder&gt;()</c>), which is made for each request.
/// It runs when the request is bound and valid, and before anything is granted: in it nothing is elevated.
/// </remarks>
public interface IElevationCheck
{
    /// <summary>Whether the handler may run.</summary>
    /// <param name="context">Who calls, and what for.</param>
    /// <param name="cancellationToken">Cancelled when the client goes away.</param>
    /// <returns>
    /// False for what is not the caller's and for what does not exist alike: the answer is 404 for both, so that nobody learns what exists. An
    /// exception is answered 500 (what Wix refuses or can't answer, as elsewhere), and the handler does not run.
    /// </returns>
    ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken);
}
