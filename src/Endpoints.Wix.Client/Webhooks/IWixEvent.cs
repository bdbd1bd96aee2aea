namespace Endpoints.Wix;

/// <summary>Implemented by a typed event, so that the events of its type can be made into it.</summary>
/// <typeparam name="TSelf">The event.</typeparam>
public interface IWixEvent<TSelf>
    where TSelf : WixEvent, IWixEvent<TSelf>
{
    /// <summary>Gets the type of the event, such as <c>wix.ecom.v1.order_created</c>.</summary>
    static abstract string EventType { get; }

    /// <summary>Makes a typed event over a raw one.</summary>
    /// <param name="raw">The raw event.</param>
    static abstract TSelf Create(WixEvent raw);
}
