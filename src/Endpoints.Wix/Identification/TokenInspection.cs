namespace Endpoints.Wix.Identification;

/// <summary>Represents Wix's answer about a token.</summary>
/// <param name="Caller">The owner of the token; <see langword="null"/> if it is not accepted.</param>
/// <param name="AskedAt">The time at which Wix was asked.</param>
/// <param name="FreshUntil">The time until which the answer is valid without asking again.</param>
internal sealed record TokenInspection(Caller? Caller, DateTimeOffset AskedAt, DateTimeOffset FreshUntil);
