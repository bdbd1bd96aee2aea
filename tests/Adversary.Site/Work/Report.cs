namespace Adversary.Site.Work;

/// <summary>
/// A handler's report of the request that it ran for, in its call to Wix and in its answer: the attacker holds it against what was sent.
/// </summary>
/// <param name="Endpoint">The handler's own name, as in the lock.</param>
/// <param name="Markers">What the request calls itself, in each place where it may.</param>
/// <param name="Port">The port that the client's connection comes from.</param>
/// <param name="Seen">Whom the handler takes its caller for.</param>
/// <param name="Account">The name in the application's own cookie.</param>
/// <param name="Resource">Whose thing the handler works on.</param>
internal sealed record Report(string Endpoint, string[] Markers, int Port, Seen[] Seen, string? Account, string? Resource);
