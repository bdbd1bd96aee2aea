using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Represents the guard and the groups around a mapped route.</summary>
/// <param name="State">The visible guard.</param>
/// <param name="Elevate">The nearest <c>.Elevate(...)</c>, or <see langword="null"/> if there is none or the guard is metadata.</param>
/// <param name="Prefix">
/// The patterns of the groups around the route, the outermost first, or <see langword="null"/> if one can't be determined.
/// </param>
internal sealed record RouteGuard(GuardState State, IInvocationOperation? Elevate, string? Prefix);
