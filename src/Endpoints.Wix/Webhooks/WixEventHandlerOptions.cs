namespace Endpoints.Wix;

/// <summary>Provides options for a handler of events that is registered in code.</summary>
public sealed class WixEventHandlerOptions
{
    /// <summary>
    /// Gets or sets the handler's name, under which it is recorded which events it has handled, and under which events wait in the inbox.
    /// At most 256 characters. The default is made of the names of the class and of the event: set it before you rename the class.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether the event is stored and answered before the handler runs, which may then take longer and
    /// is retried. The default is <see langword="false"/>.
    /// </summary>
    public bool Inbox { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether stored events of one entity are handled one after another. It requires
    /// <see cref="Inbox"/>. The default is <see langword="false"/>.
    /// </summary>
    public bool OrderedByEntity { get; set; }

    /// <summary>
    /// Gets or sets the calls as the app that the handler may make, as in <see cref="ElevateAttribute.Only"/>. The default is
    /// <see langword="null"/>: all.
    /// </summary>
    public IReadOnlyList<string>? Only { get; set; }
}
