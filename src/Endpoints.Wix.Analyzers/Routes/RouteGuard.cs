using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>What is around a mapped route.</summary>
/// <param name="State">What can be seen of its guard.</param>
/// <param name="Elevate">The nearest <c>.Elevate(...)</c>; null when there is none, or when the guard is metadata.</param>
/// <param name="Prefix">The patterns of the groups around it, the outermost first; null when one can't be seen.</param>
internal sealed record RouteGuard(GuardState State, IInvocationOperation? Elevate, string? Prefix);
