using System.Text;

namespace Endpoints.Wix.Api.Emitter.Naming;

/// <summary>Names for C#.</summary>
internal static class Identifiers
{
    // What every C# file sees by itself, and what the emitted code has of its own.
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "Action", "Array", "Attribute", "Barrier", "Boolean", "Buffer", "Byte", "Char", "Console", "Convert", "DateOnly", "DateTime",
        "DateTimeOffset", "Decimal", "Delegate", "Directory", "Double", "Enum",
        "Environment", "Exception", "File", "Func", "Guid", "Half", "HttpClient", "HttpMethod", "Index", "Int32", "Int64", "Lazy", "List",
        "Lock", "Math", "Monitor", "Nullable", "Object", "Path",
        "Predicate", "Progress", "Random", "Range", "Single", "Stream", "String", "Task", "Thread", "TimeOnly", "TimeSpan", "TimeZone",
        "Timer", "Tuple", "Type", "Uri", "Value", "Version", "Void",
    };

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event",
        "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface",
        "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed",
        "short", "sizeof", "stackalloc", "static", "string", "struct",
        "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while", "request", "cancellationToken",
    };

    public static bool IsTaken(string name) => Taken.Contains(name);

    /// <summary><c>SOLD_OUT</c>, <c>soldOut</c> and <c>sold-out</c> are all <c>SoldOut</c>.</summary>
    public static string Pascal(string name)
    {
        var isCapital = !name.Any(char.IsAsciiLetterLower);
        var text = new StringBuilder();
        var starts = true;
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                starts = true;
                continue;
            }

            text.Append(starts ? char.ToUpperInvariant(character) : isCapital ? char.ToLowerInvariant(character) : character);
            starts = false;
        }

        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? $"_{text}" : text.ToString();
    }

    /// <summary>The class of a service. It has classes of its own, and can't have the name of one.</summary>
    public static string Module(string service) =>
        Pascal(service) is "Calls" or "Operations" or "Errors" or "Fields" or "Events" ? $"{Pascal(service)}Module" : Pascal(service);

    /// <summary>The class of a service plugin.</summary>
    public static string Plugin(string service) => $"{Pascal(service)}Plugin";

    /// <summary>As a part of the address of Wix's page: <c>onOrderCreated</c> is <c>on-order-created</c>.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = char.IsAsciiLetterUpper(name[i]) && i > 0
                && (!char.IsAsciiLetterUpper(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            text.Append(starts ? "-" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>A parameter.</summary>
    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        var camel = char.ToLowerInvariant(pascal[0]) + pascal[1..];
        return Keywords.Contains(camel) ? camel + "Value" : camel;
    }
}
