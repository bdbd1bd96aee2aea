namespace BuildHost;

/// <summary>How a build ended, and what it printed.</summary>
internal sealed record BuildOutcome(bool Succeeded, string Output);
