namespace Inbox.Site;

/// <summary>The runs of the handler, in a file that outlives the process: a line when one begins, and another when it ends.</summary>
internal sealed class Runs(string folder, int work) : IDisposable
{
    // What is written is in the file at once. Each process has its own.
    private readonly FileStream _file = new(Path.Combine(folder, Guid.NewGuid().ToString("n")), new FileStreamOptions
    {
        Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0,
    });

    public async Task RunAsync(string id, CancellationToken ct)
    {
        Write($"begin {id}\n");
        if (work > 0)
            await Task.Delay(work, ct);
        Write($"end {id}\n");
    }

    public void Dispose() => _file.Dispose();

    private void Write(string line)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(line);
        lock (_file)
            _file.Write(bytes);
    }
}
