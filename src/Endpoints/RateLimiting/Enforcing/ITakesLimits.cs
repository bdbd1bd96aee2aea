namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Represents metadata of an endpoint whose own guards check the endpoint's limits, each stage in its place.</summary>
internal interface ITakesLimits;
