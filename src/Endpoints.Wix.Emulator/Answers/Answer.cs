using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Emulator.Answers;

/// <summary>Represents a response as complete bytes, so that it shares nothing with the site's data.</summary>
internal sealed class Answer(int statusCode, byte[] body, string? contentType)
{
    private List<(string Name, string Value)>? _headers;

    public int StatusCode => statusCode;

    public static Answer Json(JsonNode node, int statusCode = StatusCodes.Status200OK) =>
        new(statusCode, Encoding.UTF8.GetBytes(node.ToJsonString()), "application/json");

    public static Answer Html(string html, int statusCode = StatusCodes.Status200OK) =>
        new(statusCode, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8");

    public static Answer Redirect(string location) => new Answer(StatusCodes.Status302Found, [], null).With("Location", location);

    /// <summary>Creates an error in Wix's format.</summary>
    public static Answer Error(int statusCode, string code, string description, JsonObject? data = null)
    {
        var error = new JsonObject { ["code"] = code, ["description"] = description };
        if (data is not null)
            error["data"] = data;
        return Json(new JsonObject { ["message"] = description, ["details"] = new JsonObject { ["applicationError"] = error } },
            statusCode);
    }

    public static Answer Violation(string field, string description, string rule = "REQUIRED_FIELD", JsonObject? data = null)
    {
        var violation = new JsonObject { ["field"] = field, ["description"] = description, ["violatedRule"] = rule };
        if (data is not null)
            violation["data"] = data;
        return Json(
            new JsonObject
            {
                ["message"] = $"{field} {description}",
                ["details"] = new JsonObject
                {
                    ["validationError"] = new JsonObject { ["fieldViolations"] = new JsonArray(violation) },
                },
            },
            StatusCodes.Status400BadRequest);
    }

    /// <summary>Creates an error in OAuth's format (RFC 6749, section 5.2).</summary>
    public static Answer OAuthError(int statusCode, string error, string description) =>
        Json(new JsonObject { ["error"] = error, ["error_description"] = description }, statusCode).With("Cache-Control", "no-store");

    public Answer With(string header, string value)
    {
        (_headers ??= []).Add((header, value));
        return this;
    }

    /// <summary>Returns the code and the description of the error, for the response to a bulk call.</summary>
    public JsonObject ErrorDetails()
    {
        var error = JsonNode.Parse(body) as JsonObject;
        if (error?["details"]?["applicationError"] is JsonObject application)
            return (JsonObject)application.DeepClone();
        return new() { ["code"] = "VALIDATION_ERROR", ["description"] = error?["message"]?.DeepClone() };
    }

    public async Task WriteAsync(HttpContext http, CancellationToken ct)
    {
        var response = http.Response;
        response.StatusCode = statusCode;
        if (contentType is not null)
            response.ContentType = contentType;
        foreach (var (name, value) in _headers ?? [])
            response.Headers.Append(name, value);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await response.Body.WriteAsync(body, ct).ConfigureAwait(false);
    }
}
