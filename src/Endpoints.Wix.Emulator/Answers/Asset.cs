namespace Endpoints.Wix.Emulator.Answers;

/// <summary>Reads a style sheet or script that is embedded in the assembly.</summary>
internal static class Asset
{
    public static Answer Style(string name) => Read(name, "text/css; charset=utf-8");

    public static Answer Script(string name) => Read(name, "text/javascript; charset=utf-8");

    private static Answer Read(string name, string contentType)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is not built in.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return new Answer(200, copy.ToArray(), contentType).With("X-Content-Type-Options", "nosniff");
    }
}
