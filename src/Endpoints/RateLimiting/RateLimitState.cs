namespace Endpoints;

/// <summary>Represents what one counter has counted.</summary>
/// <param name="Used">How much has been counted.</param>
/// <param name="Reset">How long it takes until all of it is forgotten, if nothing is counted meanwhile.</param>
public readonly record struct RateLimitState(long Used, TimeSpan Reset);
