using System.Globalization;
using System.Text;

namespace Adversary.Tests.Wires;

/// <summary>Reads a server's HTTP/1.1 answers from what has been received so far.</summary>
internal static class Http1Parser
{
    /// <summary>The answers that are there whole, and whether the connection has become something else.</summary>
    /// <param name="text">What was received, in Latin-1.</param>
    /// <param name="methods">The methods that were asked with, in order.</param>
    /// <param name="ended">Whether nothing more will come.</param>
    public static (List<Answer> Answers, bool IsUpgraded) Read(string text, IReadOnlyList<string> methods, bool ended)
    {
        List<Answer> answers = [];
        var at = 0;
        while (text.IndexOf("\r\n\r\n", at, StringComparison.Ordinal) is >= 0 and var end)
        {
            var head = text[at..(end + 2)];
            if (!head.StartsWith("HTTP/1.", StringComparison.Ordinal)
                || !int.TryParse(head.AsSpan(9, Math.Min(3, head.Length - 9)), CultureInfo.InvariantCulture, out var status))
                return (answers, false);
            at = end + 4;
            if (status == 101)
            {
                answers.Add(new(status, head, text[at..]));
                return (answers, true);
            }

            if (status < 200)
                continue;
            var method = answers.Count < methods.Count ? methods[answers.Count] : "GET";
            var (body, next) = method == "HEAD" || status is 204 or 304 ? ("", at) : Body(text, at, head, ended);
            if (next < 0)
                break;
            answers.Add(new(status, head, body));
            at = next;
        }

        return (answers, false);
    }

    private static (string Body, int Next) Body(string text, int at, string head, bool ended)
    {
        if (Header(head, "Transfer-Encoding") is "chunked")
            return Chunks(text, at, ended);
        if (Header(head, "Content-Length") is { } length && int.TryParse(length, CultureInfo.InvariantCulture, out var size))
            return at + size <= text.Length ? (text.Substring(at, size), at + size) : ("", -1);
        return ended ? (text[at..], text.Length) : ("", -1);
    }

    private static (string Body, int Next) Chunks(string text, int at, bool ended)
    {
        var body = new StringBuilder();
        while (text.IndexOf("\r\n", at, StringComparison.Ordinal) is >= 0 and var end
            && int.TryParse(text.AsSpan(at, end - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size)
            && end + 2 + size + 2 <= text.Length)
        {
            body.Append(text, end + 2, size);
            at = end + 2 + size + 2;
            if (size == 0)
                return (body.ToString(), at);
        }

        // A stream that was cut off, or that goes on.
        return ended ? (body.ToString(), text.Length) : ("", -1);
    }

    public static string? Header(string head, string name)
    {
        foreach (var line in head.Split("\r\n"))
        {
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
                return line[(name.Length + 1)..].Trim();
        }

        return null;
    }
}
