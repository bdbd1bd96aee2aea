namespace Endpoints;

/// <summary>Represents the outcome of <see cref="IInboxStore.ClaimAsync"/>.</summary>
/// <param name="Outcome">
/// <see cref="InboxAcceptance.Accepted"/> if the caller handles the message; <see cref="InboxAcceptance.Duplicate"/> if it has been handled
/// or is stored; <see cref="InboxAcceptance.Busy"/> if another caller is handling it.
/// </param>
/// <param name="Lease">The lease if the caller handles the message; otherwise, <see langword="null"/>.</param>
public readonly record struct InboxClaim(InboxAcceptance Outcome, InboxLease? Lease);
