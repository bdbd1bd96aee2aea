using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Emulator;

/// <summary>A call that reached the emulator. It is logged on arrival; what the answer was is filled in when it has been given.</summary>
/// <remarks>It holds what the caller sent, tokens and secrets included, for tests to look at; printing it shows none of that.</remarks>
public sealed class EmulatedCall
{
    private readonly IReadOnlyDictionary<string, StringValues> _headers;
    private volatile string _body = "";
    private volatile int _statusCode;

    internal EmulatedCall(
        long number,
        DateTimeOffset at,
        string method,
        string path,
        string rawTarget,
        string host,
        string? routeTemplate,
        IReadOnlyDictionary<string, StringValues> headers,
        EmulatedCaller? caller,
        string requestId)
    {
        Number = number;
        At = at;
        Method = method;
        Path = path;
        RawTarget = rawTarget;
        Host = host;
        RouteTemplate = routeTemplate;
        _headers = headers;
        Caller = caller;
        RequestId = requestId;
    }

    /// <summary>Which call this is since the emulator started, from 1.</summary>
    public long Number { get; }

    /// <summary>When it arrived, by the emulator's clock.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path, decoded, without the query string.</summary>
    public string Path { get; }

    /// <summary>The path and query string exactly as they came over the wire.</summary>
    public string RawTarget { get; }

    /// <summary>The <c>Host</c> header. The emulator does not look at it.</summary>
    public string Host { get; }

    /// <summary>The route, as in <c>GET /stores/v3/products/{id}</c>; null when the emulator has none for the call.</summary>
    public string? Route => RouteTemplate is null ? null : $"{Method} {RouteTemplate}";

    /// <summary>The request headers, under any casing of their names.</summary>
    public IReadOnlyDictionary<string, StringValues> Headers => _headers;

    /// <summary>The request body, as text, up to 16,384 characters; empty when there was none or it has not arrived.</summary>
    public string Body
    {
        get => _body;
        internal set => _body = value;
    }

    /// <summary>Whom the emulator took the caller for; null without a usable token or key.</summary>
    public EmulatedCaller? Caller { get; }

    /// <summary>The id that the answer carries as <c>X-Wix-Request-Id</c>.</summary>
    public string RequestId { get; }

    /// <summary>The status of the answer; null while there is none, and for calls that a fault left without one.</summary>
    public int? StatusCode
    {
        get => _statusCode == 0 ? null : _statusCode;
        internal set => _statusCode = value ?? 0;
    }

    internal string? RouteTemplate { get; }

    /// <summary>A request header's value; null when it was not sent. Several values are joined with a comma.</summary>
    /// <param name="name">The header's name, in any casing.</param>
    public string? Header(string name) => _headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Gives number, method, path and status.</summary>
    public override string ToString() => $"#{Number} {Method} {Path} {StatusCode}";
}
