namespace Endpoints.Wix.Calls;

/// <summary>Stands before the calls that are made with the application's own credentials, where no caller's right says who may make them.</summary>
internal interface ICallGate
{
    /// <summary>Lets a call pass.</summary>
    /// <param name="call">The call.</param>
    /// <param name="client">The client that makes it, for messages.</param>
    /// <exception cref="ObjectDisposedException">The request that began this work has ended, or its handler has.</exception>
    /// <exception cref="InvalidOperationException">It is made in a request that nothing lets make it.</exception>
    CallPermit Open(WixCall call, OwnClient client);
}
