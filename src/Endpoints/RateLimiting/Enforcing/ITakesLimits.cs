namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Metadata of an endpoint whose own guards ask the endpoint's limits, each stage in its place.</summary>
internal interface ITakesLimits;
