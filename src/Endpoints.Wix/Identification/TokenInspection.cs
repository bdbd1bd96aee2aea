namespace Endpoints.Wix.Identification;

/// <summary>What Wix says of a token.</summary>
/// <param name="Caller">Whose it is; null when it is not accepted.</param>
/// <param name="FreshUntil">Until when this may be believed without asking again.</param>
internal sealed record TokenInspection(Caller? Caller, DateTimeOffset FreshUntil);
