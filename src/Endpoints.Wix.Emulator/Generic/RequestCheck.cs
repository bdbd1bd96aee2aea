using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Generic;

/// <summary>Holds a request against its message: required fields, types and limits.</summary>
internal static partial class RequestCheck
{
    /// <exception cref="ApiException">A field is missing or has a value that it can't have: 400.</exception>
    public static void Check(OperationFact fact, JsonObject request)
    {
        foreach (var path in fact.Required)
            Require(request, path.Split('.'), path);
        Check(fact.Messages, fact.Request, request, "");
    }

    private static void Require(JsonNode? node, ReadOnlySpan<string> names, string path)
    {
        // What a field that is missing should have is said of the field itself.
        if (node is JsonArray list)
        {
            foreach (var one in list)
                Require(one, names, path);
        }
        else if (node is JsonObject message)
        {
            var value = message[names[0]];
            if (names.Length > 1)
                Require(value, names[1..], path);
            else if (value is null || value.AsText()?.Length == 0)
                throw ApiException.Violation(path, "must not be empty");
        }
    }

    private static void Check(Messages messages, string type, JsonObject given, string at)
    {
        Dictionary<string, string>? chosen = null;
        foreach (var field in messages.Fields(type))
        {
            if (given[field.Name] is not { } value)
                continue;
            if (field.Text("oneof") is { } group && !(chosen ??= []).TryAdd(group, field.Name))
                throw ApiException.Violation(at + field.Name, $"can't be set together with {chosen[group]}", "ONE_OF_ALIGNMENT");
            Check(messages, field, value, at + field.Name);
        }
    }

    private static void Check(Messages messages, FieldFact field, JsonNode value, string at)
    {
        if (field.IsList)
        {
            if (value is not JsonArray list)
                throw ApiException.Violation(at, "must be a list", "FORMAT");
            if (list.Count > field.Number("maxSize"))
                throw ApiException.Violation(at, $"must have at most {field.Text("maxSize")} elements", "MAX_SIZE");
            if (list.Count < field.Number("minSize"))
                throw ApiException.Violation(at, $"must have at least {field.Text("minSize")} elements", "MIN_SIZE");
            for (var i = 0; i < list.Count; i++)
                One(messages, field, list[i] ?? throw ApiException.Violation($"{at}[{i}]", "must not be null", "FORMAT"), $"{at}[{i}]");
        }
        else if (field.IsMap)
        {
            foreach (var (key, one) in value as JsonObject ?? throw ApiException.Violation(at, "must be an object", "FORMAT"))
            {
                if (one is not null)
                    One(messages, field, one, $"{at}.{key}");
            }
        }
        else
        {
            One(messages, field, value, at);
        }
    }

    private static void One(Messages messages, FieldFact field, JsonNode value, string at)
    {
        switch (field.Type)
        {
            case "string":
                Text(field, value.AsText() ?? throw ApiException.Violation(at, "must be a string", "FORMAT"), at);
                break;
            case "int" or "double":
                Number(field, value, at);
                break;
            case "bool":
                if (value.AsFlag() is null)
                    throw ApiException.Violation(at, "must be true or false", "FORMAT");
                break;
            case "date":
                if (!DateTimeOffset.TryParse(value.AsText(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
                    throw ApiException.Violation(at, "must be a date", "FORMAT");
                break;
            case "struct":
                if (value is not JsonObject)
                    throw ApiException.Violation(at, "must be an object", "FORMAT");
                break;
            case "any" or "mask" or "bytes" or "duration":
                break;
            case var type when messages.Members(type) is { } members:
                if (value.AsText() is not { } member || !members.Contains(member))
                    throw ApiException.Violation(at, $"must be one of {string.Join(", ", members)}", "INVALID_ENUM_VALUE");
                break;
            case var type when messages.IsMessage(type):
                Check(messages, type, value as JsonObject ?? throw ApiException.Violation(at, "must be an object", "FORMAT"), at + '.');
                break;
            default:
                break;
        }
    }

    private static void Number(FieldFact field, JsonNode value, string at)
    {
        // Infinity and NaN come as texts.
        if (field.Type == "double" && value.AsText() is "NaN" or "Infinity" or "-Infinity")
            return;
        if (value.AsNumber() is not { } number || (field.Type == "int" && number != decimal.Truncate(number)))
            throw ApiException.Violation(at, field.Type == "int" ? "must be a whole number" : "must be a number", "FORMAT");
        if (number > field.Number("max"))
            throw ApiException.Violation(at, $"must be at most {field.Text("max")}", "MAX");
        if (number < field.Number("min"))
            throw ApiException.Violation(at, $"must be at least {field.Text("min")}", "MIN");
    }

    private static void Text(FieldFact field, string text, string at)
    {
        if (text.Length > field.Number("maxLength"))
            throw ApiException.Violation(at, $"must have at most {field.Text("maxLength")} characters", "MAX_LENGTH");
        if (text.Length == 0)
            return; // as if it were not there
        if (text.Length < field.Number("minLength"))
            throw ApiException.Violation(at, $"must have at least {field.Text("minLength")} characters", "MIN_LENGTH");
        var format = field.Has("decimal") ? "DECIMAL_VALUE" : field.Text("format");
        var isRight = format switch
        {
            "GUID" => Guid.TryParse(text, out _),
            "EMAIL" => Email().IsMatch(text),
            "DECIMAL_VALUE" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            "COUNTRY" => TwoCapitals().IsMatch(text),
            "CURRENCY" => ThreeCapitals().IsMatch(text),
            "URL" or "WEB_URL" or "URI" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
            "LOCAL_DATE" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "LOCAL_TIME" => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out _),
            "LOCAL_DATE_TIME" => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ => true,
        };
        if (!isRight)
            throw ApiException.Violation(at, $"must be of the format {format}", "FORMAT");
    }

    [GeneratedRegex(@"\A[^@\s]+@[^@\s]+\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"\A[A-Z]{2}\z")]
    private static partial Regex TwoCapitals();

    [GeneratedRegex(@"\A[A-Z]{3}\z")]
    private static partial Regex ThreeCapitals();
}
