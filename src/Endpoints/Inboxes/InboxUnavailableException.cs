namespace Endpoints;

/// <summary>The exception that is thrown when an <see cref="IInboxStore"/> can't be sure that an operation is stored.</summary>
public sealed class InboxUnavailableException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="InboxUnavailableException"/> class.</summary>
    public InboxUnavailableException()
        : base("The inbox is unavailable.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="InboxUnavailableException"/> class with a message.</summary>
    /// <param name="message">The message.</param>
    public InboxUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="InboxUnavailableException"/> class with a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public InboxUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
