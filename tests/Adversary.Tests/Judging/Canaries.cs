using System.Buffers;
using System.Text.Json;
using Adversary.Tests.Hosting;
using Adversary.Tests.Requests;
using Endpoints.Wix.Emulator;

namespace Adversary.Tests.Judging;

/// <summary>
/// Values that may be in no answer and in no log: secrets, tokens, sessions, and a header of each request that is nobody else's business.
/// </summary>
internal sealed class Canaries
{
    private readonly Arena _arena;
    private readonly HashSet<string> _secrets;
    private SearchValues<string> _all = SearchValues.Create([], StringComparison.Ordinal);

    public Canaries(Arena arena)
    {
        _arena = arena;
        _secrets =
        [
            Filler.Canary, // with which the app's secret and key begin, too
            .. arena.Platform.Persons.Values.Select(static person => person.Token),
            .. arena.Modes.SelectMany(mode => arena.Credentials(mode).Secrets),
        ];
        Update();
    }

    /// <summary>The app's own tokens, as Wix sees them.</summary>
    public void Learn(EmulatedCall call)
    {
        if (call.Caller?.Kind == EmulatedIdentityKind.App && call.Header("Authorization") is { Length: > 20 } token && _secrets.Add(token))
            Update();
    }

    /// <summary>Finds the canary that an answer discloses; null if there is none.</summary>
    public string? In(string received, Fired fired)
    {
        var at = received.AsSpan().IndexOfAny(_all);
        return at < 0
            ? null : $"{received.AsSpan(at, Math.Min(60, received.Length - at))} in an answer to {fired.Conversation.Shots[0].Target}";
    }

    /// <summary>Finds the canaries and errors in the logs.</summary>
    public IEnumerable<Violation> InLogs()
    {
        foreach (var line in _arena.Sites.SelectMany(static site => site.Log.Take()))
        {
            if (line.AsSpan().IndexOfAny(_all) >= 0)
                yield return new("canary in the log", Category(line), line);
            else if (Level(line) is null or "Error" or "Critical")
                yield return new("error in the log", Category(line), line);
        }
    }

    /// <summary>The level of a line; null when it is none of the logger's.</summary>
    private static string? Level(string line)
    {
        const string Key = "\"LogLevel\":\"";
        try
        {
            // A whole parse of each line would be most of the test's work.
            if (line is ['{', .., '}'] && line.IndexOf(Key, StringComparison.Ordinal) is >= 0 and var at)
            {
                var level = line[(at + Key.Length)..line.IndexOf('"', at + Key.Length)];
                return level is "Error" or "Critical" ? level : "fine";
            }

            return JsonDocument.Parse(line).RootElement.GetProperty("LogLevel").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Category(string line)
    {
        const string Key = "\"Category\":\"";
        return line.IndexOf(Key, StringComparison.Ordinal) is >= 0 and var at
            ? line[(at + Key.Length)..line.IndexOf('"', at + Key.Length)] + Exception(line) : "none";
    }

    private static string Exception(string line)
    {
        const string Key = "\"Exception\":\"";
        return line.IndexOf(Key, StringComparison.Ordinal) is >= 0 and var at ? " " + line[(at + Key.Length)..].Split('"', '\\')[0] : "";
    }

    private void Update() => _all = SearchValues.Create([.. _secrets], StringComparison.Ordinal);
}
