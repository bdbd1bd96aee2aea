namespace Endpoints.Wix;

/// <summary>Specifies how a class in an event file handles its event. A class whose method takes a typed event doesn't need it.</summary>
/// <param name="eventType">
/// Wix's name of the event, such as <c>wix.ecom.v1.order_created</c>, for a class whose method takes a raw <see cref="WixEvent"/>;
/// otherwise, <see langword="null"/>.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class WixEventAttribute(string? eventType = null) : Attribute
{
    /// <summary>Gets Wix's name of the event; <see langword="null"/> if the type of the event specifies it.</summary>
    public string? EventType { get; } = eventType;

    /// <inheritdoc cref="WixEventHandlerOptions.Name"/>
    public string? Name { get; set; }

    /// <inheritdoc cref="WixEventHandlerOptions.Inbox"/>
    public bool Inbox { get; set; }

    /// <inheritdoc cref="WixEventHandlerOptions.OrderedByEntity"/>
    public bool OrderedByEntity { get; set; }

    /// <inheritdoc cref="WixEventHandlerOptions.Only"/>
    public string[]? Only { get; set; }
}
