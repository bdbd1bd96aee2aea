namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>The lock file as it was found.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Text">What is in it; null when it can't be read.</param>
internal sealed record LockText(string Path, string? Text);
