using System.Collections.Concurrent;
using System.Text;

namespace Adversary.Tests.Hosting;

/// <summary>All that an application writes: kept in a file, and given out line by line once.</summary>
internal sealed class SiteLog : IDisposable
{
    private readonly ConcurrentQueue<string> _new = new();
    private readonly StreamWriter _file;

    public SiteLog(string path)
    {
        Path = path;
        _file = new(path, append: false, new UTF8Encoding(false));
    }

    public string Path { get; }

    public void Add(string line)
    {
        lock (_file)
            _file.WriteLine(line);
        _new.Enqueue(line);
    }

    /// <summary>Reads the lines that were written since the last call.</summary>
    public IEnumerable<string> Take()
    {
        while (_new.TryDequeue(out var line))
            yield return line;
    }

    public void Flush()
    {
        lock (_file)
            _file.Flush();
    }

    public void Dispose()
    {
        lock (_file)
            _file.Dispose();
    }
}
