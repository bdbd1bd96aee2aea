namespace Endpoints;

/// <summary>Represents the state of one counter.</summary>
/// <param name="Used">The amount counted.</param>
/// <param name="Reset">The time until all of it is forgotten, if nothing is counted meanwhile.</param>
public readonly record struct RateLimitState(long Used, TimeSpan Reset);
