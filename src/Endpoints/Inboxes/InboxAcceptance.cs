namespace Endpoints;

/// <summary>Specifies what became of a message that was offered to an <see cref="IInboxStore"/>.</summary>
public enum InboxAcceptance
{
    /// <summary>The message is stored, or claimed for the caller.</summary>
    Accepted,

    /// <summary>The message has been handled, or it is stored and will be.</summary>
    Duplicate,

    /// <summary>The message is being handled under a claim whose outcome is unknown. Whoever sent it should send it again later.</summary>
    Busy,

    /// <summary><see cref="InboxOptions.MaxMessages"/> are stored. Whoever sent the message should send it again later.</summary>
    Full,

    /// <summary>The message is larger than <see cref="InboxOptions.MaxMessageSize"/>.</summary>
    TooLarge,
}
