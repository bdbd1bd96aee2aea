namespace BuildHost;

/// <summary>A build: what <c>dotnet msbuild</c> would get.</summary>
/// <param name="Folder">The folder that it is started in.</param>
/// <param name="Environment">What its environment has beside that of the host; <see langword="null"/> for what it lacks.</param>
/// <param name="Arguments">The command line.</param>
internal sealed record BuildRequest(string Folder, IReadOnlyDictionary<string, string?> Environment, IReadOnlyList<string> Arguments);
