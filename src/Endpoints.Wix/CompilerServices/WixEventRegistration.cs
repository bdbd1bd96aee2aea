using System.ComponentModel;

namespace Endpoints.Wix.CompilerServices;

/// <summary>Represents the registration of one handler for one type of event. Written by the generator.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WixEventRegistration
{
    /// <summary>The maximum length of a handler's name.</summary>
    internal const int LongestName = 256;

    /// <summary>Initializes a new instance of the <see cref="WixEventRegistration"/> class for raw events.</summary>
    /// <param name="name">
    /// The handler's name, which is the same in each build: what has been handled, and what waits in the inbox, is stored under it.
    /// </param>
    /// <param name="eventType">Wix's name of the event.</param>
    /// <param name="handler">The class of the handler.</param>
    /// <param name="run">The function that creates the handler from a scope's services and runs it.</param>
    /// <param name="file">The file of the handler, relative to the project; <see langword="null"/> for none.</param>
    /// <param name="inbox"><see langword="true"/> to store the event and answer before it is handled.</param>
    /// <param name="orderedByEntity"><see langword="true"/> to handle the stored events of one entity one after another.</param>
    /// <param name="only">The calls as the app that the handler may make; <see langword="null"/> for all.</param>
    public WixEventRegistration(string name, string eventType, Type handler, Func<IServiceProvider, WixEvent, CancellationToken, Task> run,
        string? file = null, bool inbox = false, bool orderedByEntity = false, IReadOnlyList<string>? only = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, LongestName, nameof(name));
        ArgumentException.ThrowIfNullOrWhiteSpace(eventType);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(run);
        Name = name;
        EventType = eventType;
        Handler = handler;
        Run = run;
        File = file;
        Inbox = inbox;
        OrderedByEntity = orderedByEntity;
        Only = only;
    }

    /// <summary>Gets the handler's name.</summary>
    public string Name { get; }

    /// <summary>Gets Wix's name of the event.</summary>
    public string EventType { get; }

    /// <summary>Gets the class of the handler.</summary>
    public Type Handler { get; }

    /// <summary>Gets the function that creates the handler from a scope's services and runs it.</summary>
    public Func<IServiceProvider, WixEvent, CancellationToken, Task> Run { get; }

    /// <summary>Gets the file of the handler, relative to the project; <see langword="null"/> for none.</summary>
    public string? File { get; }

    /// <summary>Gets a value that indicates whether the event is stored and answered before it is handled.</summary>
    public bool Inbox { get; }

    /// <summary>Gets a value that indicates whether the stored events of one entity are handled one after another.</summary>
    public bool OrderedByEntity { get; }

    /// <summary>Gets the calls as the app that the handler may make; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Only { get; }

    /// <summary>Returns the registration of a handler for a typed event.</summary>
    /// <inheritdoc cref="WixEventRegistration(string, string, Type, Func{IServiceProvider, WixEvent, CancellationToken, Task}, string?,
    /// bool, bool, IReadOnlyList{string}?)"/>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <returns>The registration.</returns>
    public static WixEventRegistration For<TEvent>(string name, Type handler, Func<IServiceProvider, TEvent, CancellationToken, Task> run,
        string? file = null, bool inbox = false, bool orderedByEntity = false, IReadOnlyList<string>? only = null)
        where TEvent : WixEvent, IWixEvent<TEvent>
    {
        ArgumentNullException.ThrowIfNull(run);
        return new(name, TEvent.EventType, handler, (services, raw, ct) => run(services, TEvent.Create(raw), ct), file, inbox,
            orderedByEntity, only);
    }

    /// <summary>Returns the event and the handler's name.</summary>
    public override string ToString() => $"{EventType} ({Name})";
}
