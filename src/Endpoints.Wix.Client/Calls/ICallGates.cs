namespace Endpoints.Wix.Calls;

/// <summary>Creates the gates of clients that call with the application's own credentials.</summary>
internal interface ICallGates
{
    /// <summary>Returns the gate of a client.</summary>
    /// <param name="services">The services that the client comes from.</param>
    ICallGate For(IServiceProvider services);
}
