using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace DropIn.Tests;

/// <summary>An application's answers and parts, as lines under names.</summary>
internal sealed partial class Recording
{
    private readonly OrderedDictionary<string, string> _entries = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Entries => _entries;

    public int Requests { get; private set; }

    public void Add(string name, string value) => _entries.Add(name, Stable(value));

    /// <summary>Sends a request and writes down its answer: status, headers and body.</summary>
    public async Task<Answer> SendAsync(HttpClient client, string method, string path, HttpContent? content = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var label = $"{++Requests}. {method} {path}{string.Concat(headers.Select(static header => $" [{header.Name}]"))}";
        try
        {
            using var response = await client.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            var text = new StringBuilder().Append((int)response.StatusCode).Append('\n');
            foreach (var header in response.Headers.Concat(response.Content.Headers).OrderBy(static header => header.Key,
                StringComparer.Ordinal))
            {
                if (header.Key is not "Date" and not "Age" and not "Content-Length")
                    text.Append(CultureInfo.InvariantCulture, $"{header.Key}: {string.Join(" | ", header.Value)}\n");
            }

            Add(label, text.Append('\n').Append(body).ToString());
            return new((int)response.StatusCode, body, response.Headers);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Add(label, $"threw {e.GetType().FullName}: {e.Message}");
            return new(0, "", null);
        }
    }

    public void AddLog(LogLines log, int startLines)
    {
        var lines = log.All;
        Add("start-up log", Text(lines.Take(startLines)));
        Add("warnings", Text(lines.Skip(startLines).Where(static line => line.Level >= LogLevel.Warning)));

        static string Text(IEnumerable<(string Category, LogLevel Level, string Text)> lines) =>
            string.Join('\n', lines.Select(static line => $"{line.Category}: {line.Level}: {line.Text}").Order(StringComparer.Ordinal));
    }

    /// <summary>Values that differ at each run: protected texts, trace ids, tokens.</summary>
    private static string Stable(string text)
    {
        text = Protected().Replace(text, "(protected)");
        text = Trace().Replace(text, "(trace)");
        text = ConnectionId().Replace(text, "$1(connection)");
        text = Instant().Replace(text, "(instant)");
        return text;
    }

    // Data protection's texts begin so, however they are encoded; Identity's tokens too.
    [GeneratedRegex(@"CfDJ8[\w%+/=.-]+")]
    private static partial Regex Protected();

    [GeneratedRegex("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")]
    private static partial Regex Trace();

    [GeneratedRegex("(\"(?:connectionId|connectionToken)\":)\"[^\"]*\"|(?<=RequestId\": ?\")[^\"]*")]
    private static partial Regex ConnectionId();

    [GeneratedRegex(@"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT|key \{[0-9a-f-]{36}\}")]
    private static partial Regex Instant();

    internal sealed record Answer(int Status, string Body, HttpResponseHeaders? Headers);
}
