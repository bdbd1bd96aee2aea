using System.Globalization;
using System.Text;

namespace Endpoints.Shared.Lock;

/// <summary>Represents a value in a JSON text. A compiler extension can't ship a JSON library, and a lock needs only a subset.</summary>
internal sealed class JsonText
{
    private const int MaxDepth = 16;

    private readonly object? _value;

    private JsonText(object? value, int position) => (_value, Position) = (value, position);

    /// <summary>Gets the position in the text at which the value begins.</summary>
    public int Position { get; }

    /// <summary>Parses a whole text, or describes its flaw.</summary>
    public static JsonText? TryParse(string text, out string flaw)
    {
        var reader = new Reader(text);
        try
        {
            flaw = "";
            return reader.Whole();
        }
        catch (FormatException wrong)
        {
            flaw = wrong.Message;
            return null;
        }
    }

    /// <summary>Writes a string. Characters that the C# compiler or MSBuild could treat as a line break are also escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c is < ' ' or (>= '\u007f' and <= '\u009f') or '\u2028' or '\u2029' or '\ufeff' || char.IsSurrogate(c))
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Returns the value as a string.</summary>
    /// <exception cref="FormatException">The value is not a string.</exception>
    public string Text() => _value as string ?? throw Wrong("a string");

    /// <summary>Returns the value as a number.</summary>
    /// <exception cref="FormatException">The value is not a number.</exception>
    public long Number() => _value as long? ?? throw Wrong("a number");

    /// <summary>Returns the value as a list.</summary>
    /// <exception cref="FormatException">The value is not a list.</exception>
    public IReadOnlyList<JsonText> Items() => _value as List<JsonText> ?? throw Wrong("a list");

    /// <summary>Returns the value as an object with no other members than those given.</summary>
    /// <exception cref="FormatException">The value is not an object, or it has another member.</exception>
    public JsonMembers Members(params string[] known)
    {
        var members = _value as Dictionary<string, JsonText> ?? throw Wrong("an object");
        return members.FirstOrDefault(member => !known.Contains(member.Key)) is { Key: { } unknown }
            ? throw new FormatException($"has an unknown member '{unknown}'")
            : new JsonMembers(members);
    }

    /// <summary>
    /// Returns a member of an object, regardless of its other members, or <see langword="null"/> if the member is missing.
    /// </summary>
    /// <exception cref="FormatException">The value is not an object.</exception>
    public JsonText? Member(string name) =>
        (_value as Dictionary<string, JsonText> ?? throw Wrong("an object")).TryGetValue(name, out var value) ? value : null;

    /// <summary>Returns the members of an object whose names are data, in the order of the text.</summary>
    /// <exception cref="FormatException">The value is not an object.</exception>
    public IEnumerable<KeyValuePair<string, JsonText>> Pairs() =>
        (_value as Dictionary<string, JsonText> ?? throw Wrong("an object")).OrderBy(static member => member.Value.Position);

    private FormatException Wrong(string wanted) => new($"has something other than {wanted} at character {Position}");

    private sealed class Reader(string text)
    {
        private int _at;

        public JsonText Whole()
        {
            if (text.Length > 0 && text[0] == '\ufeff')
                _at++;
            var value = Value(0);
            Blanks();
            return _at == text.Length ? value : throw Wrong();
        }

        private JsonText Value(int depth)
        {
            if (depth > MaxDepth)
                throw Wrong();
            Blanks();
            var start = _at;
            return new JsonText(Peek() switch
            {
                '{' => Object(depth),
                '[' => List(depth),
                '"' => String(),
                >= '0' and <= '9' => Number(),
                't' => Word("true"),
                'f' => Word("false"),
                'n' => Word("null"),
                _ => throw Wrong(),
            }, start);
        }

        private Dictionary<string, JsonText> Object(int depth)
        {
            var members = new Dictionary<string, JsonText>(StringComparer.Ordinal);
            _at++;
            Blanks();
            while (Peek() != '}')
            {
                if (members.Count > 0)
                    Take(',');
                Blanks();
                if (Peek() != '"')
                    throw Wrong();
                var name = String();
                Take(':');
                if (members.ContainsKey(name))
                    throw new FormatException($"has the member '{name}' twice");
                members.Add(name, Value(depth + 1));
                Blanks();
            }
            _at++;
            return members;
        }

        private List<JsonText> List(int depth)
        {
            var items = new List<JsonText>();
            _at++;
            Blanks();
            while (Peek() != ']')
            {
                if (items.Count > 0)
                    Take(',');
                items.Add(Value(depth + 1));
                Blanks();
            }
            _at++;
            return items;
        }

        private string String()
        {
            var read = new StringBuilder();
            for (_at++; Peek() != '"'; _at++)
            {
                var c = Peek();
                if (c < ' ')
                    throw Wrong();
                read.Append(c == '\\' ? Escape() : c);
            }
            _at++;
            return read.ToString();
        }

        private char Escape()
        {
            _at++;
            switch (Peek())
            {
                case '"' or '\\' or '/':
                    return text[_at];
                case 'b':
                    return '\b';
                case 'f':
                    return '\f';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u' when _at + 4 < text.Length
                    && ushort.TryParse(text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                        out var code):
                    _at += 4;
                    return (char)code;
                default:
                    throw Wrong();
            }
        }

        private long Number()
        {
            var start = _at;
            while (_at < text.Length && text[_at] is >= '0' and <= '9')
                _at++;
            return long.TryParse(text.Substring(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number : throw Wrong();
        }

        private object? Word(string word)
        {
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
                throw Wrong();
            _at += word.Length;
            return word == "null" ? null : word == "true";
        }

        private void Take(char wanted)
        {
            Blanks();
            if (Peek() != wanted)
                throw Wrong();
            _at++;
        }

        private char Peek() => _at < text.Length ? text[_at] : throw new FormatException("ends too early");

        private void Blanks()
        {
            while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
                _at++;
        }

        private FormatException Wrong() => new($"is not JSON at character {_at}");
    }
}
