namespace Endpoints.Testing;

/// <summary>Represents one request of the matrix.</summary>
/// <param name="Endpoint">The method and the route, as in the guard lock: <c>POST /api/orders/[id]</c>.</param>
/// <param name="Caller">The kind of caller.</param>
/// <param name="IsLetIn"><see langword="true"/> if the lock lets this kind of caller in; otherwise, <see langword="false"/>.</param>
/// <param name="Outcome">The outcome of the request.</param>
/// <param name="Status">
/// The status code of the response, or <see langword="null"/> if the application threw an exception or the guards let the request pass.
/// </param>
/// <param name="Difference">The difference from the lock, or <see langword="null"/> if there is none.</param>
public sealed record GuardMatrixCell(
    string Endpoint, GuardMatrixCaller Caller, bool IsLetIn, GuardMatrixOutcome Outcome, int? Status, string? Difference);
