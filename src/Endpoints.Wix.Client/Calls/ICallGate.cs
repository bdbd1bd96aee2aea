namespace Endpoints.Wix.Calls;

/// <summary>
/// Guards the calls that are made with the application's own credentials, where no caller's right determines who may make them.
/// </summary>
internal interface ICallGate
{
    /// <summary>Allows a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="client">The client that makes the call, for messages.</param>
    /// <exception cref="ObjectDisposedException">The request that began this work has ended, or its handler has.</exception>
    /// <exception cref="InvalidOperationException">The call is made in a request in which nothing allows it.</exception>
    CallPermit Open(WixCall call, OwnClient client);
}
