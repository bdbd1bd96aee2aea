namespace Endpoints;

/// <summary>Represents a worker's right to handle a message until the lease expires or is another worker's.</summary>
public sealed class InboxLease
{
    /// <summary>Gets the message. For a claim, it has no content.</summary>
    public required InboxMessage Message { get; init; }

    /// <summary>Gets the token that distinguishes this lease from every other lease of the message.</summary>
    public required string Token { get; init; }

    /// <summary>Gets the number of times that the message has been leased, including this one.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets the time at which the message was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }
}
