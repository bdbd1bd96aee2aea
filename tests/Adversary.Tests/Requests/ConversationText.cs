using System.Globalization;
using System.Text;

namespace Adversary.Tests.Requests;

/// <summary>A conversation as a text file: what a finding is printed as, kept in and sent again from.</summary>
internal static class ConversationText
{
    private const string Next = "---";

    public static string Write(Conversation conversation, string reason)
    {
        var text = new StringBuilder();
        foreach (var line in reason.Split('\n'))
            text.Append("# ").AppendLine(line.TrimEnd());
        text.Append("wire: ").AppendLine(conversation.Wire.ToString());
        text.Append("site: ").AppendLine(conversation.Site.ToString());
        foreach (var shot in conversation.Shots)
        {
            text.AppendLine(Next);
            text.AppendLine(Escape($"{shot.Method} {shot.Target} {shot.Version}"));
            foreach (var field in shot.Fields)
                text.AppendLine(Escape(field.ToString()));
            if (shot.Body.Length > 0)
                text.AppendLine().AppendLine(Escape(shot.Body));
        }

        return text.ToString();
    }

    public static Conversation Read(string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split($"\n{Next}\n");
        var head = parts[0].Split('\n').Where(static line => line.Contains(':', StringComparison.Ordinal) && !line.StartsWith('#'))
            .Select(static line => line.Split(':', 2)).ToDictionary(static pair => pair[0].Trim(), static pair => pair[1].Trim());
        return new(Enum.Parse<Wire>(head["wire"]), Enum.Parse<SiteMode>(head["site"]), parts.Skip(1).Select(ReadShot));
    }

    private static Shot ReadShot(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        var end = Array.IndexOf(lines, "");
        var first = Unescape(lines[0]);
        int method = first.IndexOf(' ', StringComparison.Ordinal), version = first.LastIndexOf(' ');
        return new(
            first[..method],
            first[(method + 1)..version],
            [.. lines[1..(end < 0 ? lines.Length : end)].Select(static line => ReadField(Unescape(line)))],
            end < 0 ? "" : Unescape(string.Join("", lines[(end + 1)..])))
        {
            Version = first[(version + 1)..],
        };
    }

    private static Field ReadField(string line)
    {
        var colon = line.IndexOf(':', 1);
        if (colon < 0)
            return new(line, "", "");
        var after = colon + 1 < line.Length && line[colon + 1] == ' ' ? colon + 2 : colon + 1;
        return new(line[..colon], line[after..], line[colon..after]);
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            _ = character switch
            {
                '\\' => escaped.Append(@"\\"),
                '\r' => escaped.Append(@"\r"),
                '\n' => escaped.Append(@"\n"),
                < ' ' or > '~' => escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
                continue;
            }

            switch (text[++i])
            {
                case 'r':
                    plain.Append('\r');
                    break;
                case 'n':
                    plain.Append('\n');
                    break;
                case 'x':
                    plain.Append((char)int.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 2;
                    break;
                default:
                    plain.Append(text[i]);
                    break;
            }
        }

        return plain.ToString();
    }
}
