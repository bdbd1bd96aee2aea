using Endpoints.Shared.Collections;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents one handler of an event, with all that its registration needs, as plain values.</summary>
/// <param name="Home">The class and its file.</param>
/// <param name="Name">The stable name of the handler: the file and the class, or the name that the attribute has.</param>
/// <param name="Event">The fully qualified C# name of the event's type, or <see langword="null"/> for a raw event.</param>
/// <param name="EventType">Wix's name of the event: the attribute's for a raw event, or else the type's if it is known.</param>
/// <param name="Method">The name of the method.</param>
/// <param name="Arguments">The arguments of the method.</param>
internal sealed record EventHandler(
    WebhookClass Home, string Name, string? Event, string? EventType, string Method, EquatableArray<HandlerArgument> Arguments)
{
    /// <summary>Gets a value that indicates whether the method is static, so that no instance is created.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Gets a value that indicates whether the method returns something to wait for.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Gets a value that indicates whether the event is stored before it is handled.</summary>
    public bool Inbox { get; init; }

    /// <summary>Gets a value that indicates whether events of one entity are handled in their order.</summary>
    public bool OrderedByEntity { get; init; }

    /// <summary>Gets the calls to Wix that the handler may make, or <see langword="null"/> for all calls.</summary>
    public EquatableArray<string>? Only { get; init; }
}
