using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

/// <summary>Reads the text files under example-site/files, at any depth.</summary>
public sealed class Files(IWebHostEnvironment environment) : IDisposable
{
    // The provider never leaves its folder, whatever the path says.
    private readonly PhysicalFileProvider _files = new(Path.Combine(environment.ContentRootPath, "files"));

    public async Task<Results<Ok<TextFile>, NotFound>> Get(string? path, CancellationToken cancellationToken)
    {
        var file = _files.GetFileInfo(path ?? "");
        if (path is null || !file.Exists)
            return TypedResults.NotFound();

        using var reader = new StreamReader(file.CreateReadStream());
        return TypedResults.Ok(new TextFile(path, await reader.ReadToEndAsync(cancellationToken)));
    }

    public void Dispose() => _files.Dispose();

    public sealed record TextFile(string Path, string Text);
}
