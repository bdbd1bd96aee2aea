namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Represents the lock file as it was found.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Text">The contents of the file, or <see langword="null"/> if it can't be read.</param>
internal sealed record LockText(string Path, string? Text);
