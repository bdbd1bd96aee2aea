namespace Endpoints.Wix.Calls;

/// <summary>Represents the identity under which a call to Wix is made.</summary>
internal abstract class WixIdentity
{
    /// <summary>Gets a value that indicates whether it is the app, rather than the caller.</summary>
    public abstract bool IsElevated { get; }

    /// <summary>Opens one call: checks that it may be made, before anything is sent.</summary>
    /// <exception cref="ObjectDisposedException">The handler or the request has ended.</exception>
    /// <exception cref="WixApiException">The caller's right has ended.</exception>
    /// <exception cref="InvalidOperationException">There is no request, no grant, or the grant does not cover the call.</exception>
    public abstract WixCallScope Open(WixCall call);
}
