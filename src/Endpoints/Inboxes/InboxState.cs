namespace Endpoints;

/// <summary>Specifies the state of a stored message.</summary>
public enum InboxState
{
    /// <summary>The message waits to be leased.</summary>
    Waiting,

    /// <summary>A worker has leased the message.</summary>
    Running,

    /// <summary>The message is in the list of failed messages.</summary>
    Failed,
}
