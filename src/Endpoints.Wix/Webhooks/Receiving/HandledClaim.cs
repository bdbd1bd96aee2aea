namespace Endpoints.Wix.Webhooks.Receiving;

/// <summary>Specifies what became of a claim to handle an event.</summary>
internal enum HandledClaim
{
    /// <summary>The event is the caller's to handle.</summary>
    Claimed,

    /// <summary>The event has been handled.</summary>
    Duplicate,

    /// <summary>The event is being handled, and nobody knows the outcome yet.</summary>
    Busy,
}
