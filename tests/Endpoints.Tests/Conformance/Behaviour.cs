using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Tests.Conformance;

/// <summary>Does in C# what the endpoints of the recorded site did.</summary>
public static class Behaviour
{
    private static readonly string[] NotOffered =
        ["props", "isPrerendered", "currentLocale", "preferredLocale", "cookiesType", "redirectType", "generatorPrefix"];

    /// <summary>Runs one behaviour. The answer tells in headers which file and export ran.</summary>
    public static async Task<IResult> RunAsync(ApiContext context, string export, string behaviour)
    {
        using var json = JsonDocument.Parse(behaviour);
        var how = json.RootElement;
        var http = context.Request.HttpContext;
        var file = http.GetEndpoint()!.Metadata.GetMetadata<FileRoute>()!.File;
        var marks = (List<string>)(http.Items.TryGetValue("chain", out var chain) ? chain! : http.Items["chain"] = new List<string>());
        marks.Add($"{Uri.EscapeDataString(file[..^3])} {export}");
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["X-Chain"] = string.Join(',', marks);
            return Task.CompletedTask;
        });

        return how.GetProperty("kind").GetString() switch
        {
            "echo" => Results.Json(new
            {
                @params = context.Params,
                pathname = context.Url.AbsolutePath,
                search = context.Url.Query.Length > 1 ? context.Url.Query : "",
            }),
            "respond" => Respond(how),
            "throw" => await ThrowAsync(Text(how, "what")),
            "redirect" => Redirect(context, how),
            "rewrite" => context.Rewrite(Text(how, "to")!),
            "cookies" => Cookies(context, how),
            "cookies-read" => Results.Json(ReadCookies(context, how)),
            "context" => Results.Json(Fields(context, how)),
            "body" => Results.Json(await ReadBodyAsync(context.Request, Text(how, "as"))),
            var other => throw new InvalidOperationException($"No behaviour '{other}'."),
        };
    }

    private static string? Text(JsonElement how, string name) =>
        how.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task<IResult> ThrowAsync(string? what)
    {
        if (what is "late" or "reject")
            await Task.Yield();
        throw new InvalidOperationException("secret of the handler");
    }

    private static Answer Respond(JsonElement how)
    {
        var status = how.TryGetProperty("status", out var given) ? given.GetInt32() : 200;
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        List<byte[]> body = [];
        string? type = null;
        if (how.TryGetProperty("body", out var content))
        {
            foreach (var part in content.EnumerateObject())
            {
                (body, type) = part.Name switch
                {
                    "text" => ([Encoding.UTF8.GetBytes(part.Value.GetString()!)], "text/plain;charset=UTF-8"),
                    "json" => ([Encoding.UTF8.GetBytes(part.Value.GetRawText())], "application/json"),
                    "base64" => ([part.Value.GetBytesFromBase64()], null),
                    "urlencoded" => ([Encoding.UTF8.GetBytes(part.Value.GetString()!)], "application/x-www-form-urlencoded;charset=UTF-8"),
                    _ => (part.Value.EnumerateArray().Select(chunk => Encoding.UTF8.GetBytes(chunk.GetString()!)).ToList(), type),
                };
            }
        }
        var headers = how.TryGetProperty("headers", out var pairs)
            ? pairs.EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!)).ToList() : [];
        return new Answer(status, Text(how, "statusText"), type, headers, body);
    }

    private static IResult Redirect(ApiContext context, JsonElement how)
    {
        var location = Text(how, "location")!;
        if (Text(how, "how") == "response" && !Uri.IsWellFormedUriString(location, UriKind.Absolute))
            throw new InvalidOperationException("Response.redirect needs an absolute address.");
        if (Text(how, "how") == "response-url")
            location = new Uri(context.Url, location).AbsoluteUri;
        return how.TryGetProperty("status", out var status) ? context.Redirect(location, status.GetInt32()) : context.Redirect(location);
    }

    private static IResult Cookies(ApiContext context, JsonElement how)
    {
        foreach (var op in how.GetProperty("ops").EnumerateArray())
        {
            var name = Text(op, "name")!;
            var options = op.TryGetProperty("options", out var given) ? Options(given) : null;
            if (Text(op, "op") == "delete")
                context.Cookies.Delete(name, options);
            else if (op.GetProperty("value") is { ValueKind: JsonValueKind.String } text)
                context.Cookies.Set(name, text.GetString()!, options);
            else
                context.Cookies.Set(name, JsonNode.Parse(op.GetProperty("value").GetRawText()), options);
        }
        if (Text(how, "then") == "throw")
            throw new InvalidOperationException("secret of the handler");
        if (Text(how, "then") == "read")
            return Results.Json(ReadCookies(context, how));
        if (how.TryGetProperty("redirect", out var redirect))
            return context.Redirect(
                redirect.ValueKind == JsonValueKind.String ? redirect.GetString()! : redirect.GetProperty("location").GetString()!);

        var headers = how.TryGetProperty("headers", out var pairs)
            ? pairs.EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!)).ToList() : [];
        return new Answer(how.TryGetProperty("status", out var status) ? status.GetInt32() : 200, null, "text/plain;charset=UTF-8", headers,
            ["ok"u8.ToArray()]);
    }

    private static ApiCookieOptions Options(JsonElement given)
    {
        var options = new ApiCookieOptions();
        foreach (var option in given.EnumerateObject())
        {
            var value = option.Value;
            _ = option.Name switch
            {
                "path" => options.Path = value.GetString(),
                "domain" => options.Domain = value.GetString(),
                "maxAge" => options.MaxAge = TimeSpan.FromSeconds(value.GetDouble()),
                "expires" => options.Expires = DateTimeOffset.FromUnixTimeMilliseconds(value.GetInt64()),
                "httpOnly" => options.HttpOnly = value.GetBoolean(),
                "secure" => options.Secure = value.GetBoolean(),
                "partitioned" => options.Partitioned = value.GetBoolean(),
                "priority" => options.Priority = Enum.Parse<ApiCookiePriority>(value.GetString()!, ignoreCase: true),
                "sameSite" when value.ValueKind == JsonValueKind.True => options.SameSite = SameSiteMode.Strict,
                "sameSite" when value.ValueKind == JsonValueKind.String =>
                    options.SameSite = Enum.Parse<SameSiteMode>(value.GetString()!, ignoreCase: true),
                _ => (object?)null,
            };
        }
        return options;
    }

    private static List<Dictionary<string, object?>> ReadCookies(ApiContext context, JsonElement how)
    {
        var results = new List<Dictionary<string, object?>>();
        foreach (var read in how.GetProperty("read").EnumerateArray())
        {
            var (name, kind) = (read[0].GetString()!, read[1].GetString()!);
            var result = new Dictionary<string, object?> { ["name"] = name, ["as"] = kind };
            try
            {
                var cookie = context.Cookies.Get(name);
                result["result"] = kind switch
                {
                    "has" => context.Cookies.Has(name),
                    "number" when cookie is not null => double.IsNaN(cookie.Number()) ? "NaN" : cookie.Number(),
                    "boolean" when cookie is not null => cookie.Boolean(),
                    "json" when cookie is not null => cookie.Json<JsonNode>(),
                    _ => cookie?.Value,
                };
            }
            catch (JsonException)
            {
                result["error"] = true;
            }
            results.Add(result);
        }
        return results;
    }

    private static Dictionary<string, object?> Fields(ApiContext context, JsonElement how) =>
        how.GetProperty("fields").EnumerateArray().Select(field => field.GetString()!).Where(field => !NotOffered.Contains(field))
            .ToDictionary(field => field, object? (field) => field switch
        {
            "pathname" => context.Url.AbsolutePath,
            "search" => context.Url.Query.Length > 1 ? context.Url.Query : "",
            "searchParams" => context.Request.Query.SelectMany(pair => pair.Value.Select(value => new[] { pair.Key, value })),
            "params" => context.Params,
            "routePattern" => context.RoutePattern,
            "originPathname" => context.OriginPathname,
            "requestMethod" => context.Request.Method,
            "requestPathname" => context.Request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0],
            "site" => context.Site?.AbsoluteUri,
            "locals" => context.Locals,
            "origin" or "requestOrigin" => context.Url.GetLeftPart(UriPartial.Authority),
            "clientAddress" => context.ClientAddress,
            _ => throw new InvalidOperationException($"No field '{field}'."),
        });

    private static async Task<Dictionary<string, object?>> ReadBodyAsync(HttpRequest request, string? kind)
    {
        switch (kind)
        {
            case "json":
                return new() { ["json"] = await JsonNode.ParseAsync(request.Body) };
            case "form":
                var form = await request.ReadFormAsync();
                return new() { ["form"] = form.SelectMany(pair => pair.Value.Select(value => new[] { pair.Key, value })) };
            default:
                using (var body = new MemoryStream())
                {
                    await request.Body.CopyToAsync(body);
                    return kind == "text"
                        ? new() { ["text"] = Encoding.UTF8.GetString(body.ToArray()) } : new() { ["length"] = body.Length };
                }
        }
    }

    private sealed class Answer(int status, string? reason, string? type, List<(string Name, string Value)> headers,
        List<byte[]> body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (reason is not null)
                httpContext.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = reason;
            if (type is not null)
                response.ContentType = type;
            foreach (var same in headers.GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase))
            {
                response.Headers[same.Key] = same.Key.Equals("set-cookie", StringComparison.OrdinalIgnoreCase)
                    ? same.Select(header => header.Value).ToArray()
                    : string.Join(", ", same.Select(header => header.Value));
            }
            foreach (var chunk in body)
            {
                await response.Body.WriteAsync(chunk);
                if (body.Count > 1)
                    await response.Body.FlushAsync();
            }
        }
    }
}
