namespace Endpoints.Shared.Lock;

/// <summary>Represents a difference between the code and the guard lock at one endpoint.</summary>
/// <param name="Kind">The direction of the difference.</param>
/// <param name="Endpoint">The endpoint in the code, or in the lock if the code has none.</param>
/// <param name="Code">The index of the code's endpoint, or -1 if the code has none.</param>
/// <param name="Lock">The index of the lock's entry, or -1 if the lock has none.</param>
/// <param name="What">The differences, as parts of a sentence.</param>
internal sealed record LockDifference(LockDifferenceKind Kind, LockedEndpoint Endpoint, int Code, int Lock, IReadOnlyList<string> What);
