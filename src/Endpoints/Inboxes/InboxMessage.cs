using System.Runtime.CompilerServices;

namespace Endpoints;

/// <summary>Represents a message for an <see cref="IInboxStore"/>.</summary>
public sealed class InboxMessage
{
    /// <summary>The maximum length of <see cref="Queue"/>, <see cref="Id"/> and <see cref="OrderKey"/>, in characters.</summary>
    public const int MaxNameLength = 256;

    /// <summary>Gets the queue, which is the name of the handler. From 1 to 256 characters.</summary>
    /// <exception cref="ArgumentException">The value is empty or too long.</exception>
    public required string Queue { get; init => field = Checked(value); }

    /// <summary>Gets the id of the message, which is unique in its queue. From 1 to 256 characters.</summary>
    /// <exception cref="ArgumentException">The value is empty or too long.</exception>
    public required string Id { get; init => field = Checked(value); }

    /// <summary>
    /// Gets the key of the messages of the queue that are handled one after another, such as the id of an entity. From 1 to 256 characters.
    /// </summary>
    /// <value>The default, <see langword="null"/>, means that the order doesn't matter.</value>
    /// <exception cref="ArgumentException">The value is empty or too long.</exception>
    public string? OrderKey { get; init => field = value is null ? null : Checked(value); }

    /// <summary>Gets the content.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Gets the W3C trace parent of the activity that accepted the message, if there was one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Returns the queue and the id.</summary>
    /// <returns>A text without the content.</returns>
    public override string ToString() => $"{Queue}/{Id}";

    private static string Checked(string value, [CallerMemberName] string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value.Length <= MaxNameLength
            ? value : throw new ArgumentException($"The value has more than {MaxNameLength} characters. Shorten it.", name);
    }
}
