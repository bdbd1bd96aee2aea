namespace Endpoints.Shared.Lock;

/// <summary>How the code differs from the guard lock at one endpoint.</summary>
/// <param name="Kind">In which direction.</param>
/// <param name="Endpoint">The endpoint: that of the code, or of the lock when the code has none.</param>
/// <param name="Code">Which of the code's endpoints; -1 when the code has none.</param>
/// <param name="Lock">Which of the lock's entries; -1 when the lock has none.</param>
/// <param name="What">The differences, as parts of a sentence.</param>
internal sealed record LockDifference(LockDifferenceKind Kind, LockedEndpoint Endpoint, int Code, int Lock, IReadOnlyList<string> What);
