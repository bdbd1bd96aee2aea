using Endpoints.RateLimiting.Enforcing;

namespace Endpoints.Listing;

/// <summary>Represents a guard or limit of an endpoint on the list.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Status">What the limit has left for whoever looks; <see langword="null"/> if it is none, or does not apply.</param>
internal sealed record ListedGuard(EndpointGuard Guard, LimitStatus? Status = null);
