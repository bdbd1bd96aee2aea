namespace Endpoints.Testing;

/// <summary>One request of the matrix.</summary>
/// <param name="Endpoint">The method and the route, as the guard lock has them: <c>POST /api/orders/[id]</c>.</param>
/// <param name="Caller">Who called.</param>
/// <param name="IsLetIn">Whether the lock lets this kind of caller in.</param>
/// <param name="Outcome">What became of the request.</param>
/// <param name="Status">The status of the answer; null when the application threw, or the guards let the request pass.</param>
/// <param name="Difference">What is wrong; null when nothing is.</param>
public sealed record GuardMatrixCell(
    string Endpoint, GuardMatrixCaller Caller, bool IsLetIn, GuardMatrixOutcome Outcome, int? Status, string? Difference);
