using Endpoints.Inbox.Tests.Stores;
using Endpoints.Redis.Tests;
using Endpoints.Wix.Tests.Webhooks;
using Microsoft.Data.Sqlite;

namespace Endpoints.Inbox.Tests.Processes;

/// <summary>Represents what processes that are killed leave behind: the store, and the lines that their handlers wrote.</summary>
internal sealed class KilledStore(StoreKind kind, RedisServer redis) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inbox").FullName;
    private readonly string _prefix = Guid.NewGuid().ToString("n");

    private string StoreFile => Path.Combine(_folder, "inbox.db");

    private string Runs => Directory.CreateDirectory(Path.Combine(_folder, "runs")).FullName;

    public Dictionary<string, string> Settings(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string> { ["Key"] = SignedText.PublicKey, ["File"] = StoreFile, ["Runs"] = Runs };
        if (kind == StoreKind.Redis)
            (settings["Redis"], settings["Prefix"]) = (redis.Address, _prefix);
        foreach (var (name, value) in more)
            settings[name] = value;
        return settings;
    }

    /// <summary>The ids of the events whose handling is recorded: these are committed.</summary>
    public async Task<HashSet<string>> CommittedAsync()
    {
        if (kind == StoreKind.Redis)
        {
            var keys = (string[])(await redis.CommandAsync("KEYS", $"{{{_prefix}}}:inbox:h:*"))!;
            return [.. keys.Select(static key => key[(key.LastIndexOf('/') + 1)..])];
        }

        await using var connection = new SqliteConnection($"Data Source={StoreFile};Pooling=False;Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM handled";
        await using var rows = await command.ExecuteReaderAsync();
        var ids = new HashSet<string>();
        while (await rows.ReadAsync())
            ids.Add(rows.GetString(0)[(rows.GetString(0).LastIndexOf('/') + 1)..]);
        return ids;
    }

    /// <summary>Returns the length of each process' file of runs.</summary>
    public Dictionary<string, long> Lengths() =>
        Directory.GetFiles(Runs).ToDictionary(static file => file, static file => new FileInfo(file).Length);

    /// <summary>The ids whose handler has begun, or ended, after the files had these lengths.</summary>
    public List<string> Ids(string what, Dictionary<string, long>? after = null)
    {
        var ids = new List<string>();
        foreach (var file in Directory.GetFiles(Runs))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            stream.Position = after?.GetValueOrDefault(file) ?? 0;
            using var lines = new StreamReader(stream);
            while (lines.ReadLine() is { } line)
            {
                if (line.StartsWith(what + " ", StringComparison.Ordinal))
                    ids.Add(line[(what.Length + 1)..]);
            }
        }

        return ids;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
