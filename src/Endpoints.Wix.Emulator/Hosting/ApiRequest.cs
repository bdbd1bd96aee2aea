using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Platform;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>Represents a call to an operation: its caller, its site and its content.</summary>
internal sealed class ApiRequest(HttpContext http, EmulatedCall call, EmulatedSite? site, byte[] body)
{
    // A member that comes twice would be found out only when it is read.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private JsonObject? _json;
    private List<(EmulatedSite Site, EmulatedEvent What)>? _raised;

    public HttpContext Http => http;

    public EmulatedCall Call => call;

    /// <summary>Gets the caller. Only for operations that require one, after access has been checked.</summary>
    public EmulatedCaller Caller => call.Caller ?? throw new InvalidOperationException("The operation is open to everyone.");

    public EmulatedSite Site => site ?? throw ApiException.Violation("wix-site-id", "must be sent with an API key on a call about a site");

    public SiteData Data => Site.Data;

    /// <summary>Gets a value that indicates whether the caller is an app, a Wix user or an API key.</summary>
    public bool IsPrivileged =>
        call.Caller is { Kind: EmulatedIdentityKind.App or EmulatedIdentityKind.User or EmulatedIdentityKind.ApiKey };

    /// <summary>Gets the address and the port at which this server is reached. The Host header is not trusted.</summary>
    public string LocalAuthority => $"{http.Connection.LocalIpAddress}:{http.Connection.LocalPort}";

    /// <summary>Gets the body as a JSON object. On GET, gets the contents of the <c>.r</c> parameter.</summary>
    public JsonObject Json => _json ??= ReadJson();

    /// <summary>Gets what happened, for the apps that want to know.</summary>
    public IReadOnlyList<(EmulatedSite Site, EmulatedEvent What)> Raised => _raised ?? [];

    /// <summary>Notes that something happened. It is told when the operation has succeeded.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="where">The site. The default is the caller's.</param>
    public void Raise(EmulatedEvent what, EmulatedSite? where = null) => (_raised ??= []).Add((where ?? Site,
        call.Caller is { } caller ? what with { Identity = EmulatedIdentity.Of(caller.Kind, caller.Id) } : what));

    public string RouteValue(string name) => (string)http.Request.RouteValues[name]!; // the route has it, or it would not have matched

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Returns the fields of a form-urlencoded body, or of a flat JSON body.</summary>
    public IReadOnlyDictionary<string, string> Fields()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (http.Request.HasFormContentType)
        {
            using var reader = new Microsoft.AspNetCore.WebUtilities.FormReader(new MemoryStream(body));
            foreach (var (name, value) in reader.ReadForm())
                fields[name] = value.ToString();
            return fields;
        }

        foreach (var (name, value) in Json)
        {
            if (value is JsonValue)
                fields[name] = value.ToString();
        }

        return fields;
    }

    private JsonObject ReadJson()
    {
        ReadOnlySpan<byte> text = body;
        if (text.IsEmpty && Query(".r") is { } packed)
            text = Unpack(packed);
        if (text.IsEmpty)
            return [];
        try
        {
            return JsonNode.Parse(text, documentOptions: Strict) as JsonObject ?? throw NotJson("is not a JSON object");
        }
        catch (JsonException)
        {
            throw NotJson("is not JSON");
        }
    }

    private static byte[] Unpack(string packed)
    {
        try
        {
            return Base64Url.DecodeFromChars(packed);
        }
        catch (FormatException)
        {
            throw ApiException.Violation(".r", "is not base64url", "FORMAT");
        }
    }

    private static ApiException NotJson(string what) => new(Answer.Error(400, "BAD_REQUEST", $"The request body {what}."));
}
