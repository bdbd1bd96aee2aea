using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Emulator;

/// <summary>
/// Represents a call that reached the emulator. The call is logged on arrival; its status is set when it has been answered.
/// </summary>
/// <remarks>
/// The object holds everything that the caller sent, including tokens and secrets, for tests to inspect. <see cref="ToString"/> shows none
/// of that.
/// </remarks>
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

    /// <summary>Gets the number of the call since the emulator started. The first call is number 1.</summary>
    public long Number { get; }

    /// <summary>Gets the time at which the call arrived, by the emulator's clock.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Gets the HTTP method.</summary>
    public string Method { get; }

    /// <summary>Gets the decoded path, without the query string.</summary>
    public string Path { get; }

    /// <summary>Gets the path and the query string exactly as they were received.</summary>
    public string RawTarget { get; }

    /// <summary>Gets the value of the <c>Host</c> header. The emulator does not use it.</summary>
    public string Host { get; }

    /// <summary>
    /// Gets the route, such as <c>GET /stores/v3/products/{id}</c>, or <see langword="null"/> if the emulator has no route for the call.
    /// </summary>
    public string? Route => RouteTemplate is null ? null : $"{Method} {RouteTemplate}";

    /// <summary>Gets the request headers. Their names are not case-sensitive.</summary>
    public IReadOnlyDictionary<string, StringValues> Headers => _headers;

    /// <summary>
    /// Gets the request body as text, up to 16,384 characters, or an empty string if there is no body or it has not arrived yet.
    /// </summary>
    public string Body
    {
        get => _body;
        internal set => _body = value;
    }

    /// <summary>Gets the identity of the caller, or <see langword="null"/> if the call has no usable token or key.</summary>
    public EmulatedCaller? Caller { get; }

    /// <summary>Gets the identifier that the response carries in the <c>X-Wix-Request-Id</c> header.</summary>
    public string RequestId { get; }

    /// <summary>
    /// Gets the status code of the response, or <see langword="null"/> if the call has not been answered or a fault left it unanswered.
    /// </summary>
    public int? StatusCode
    {
        get => _statusCode == 0 ? null : _statusCode;
        internal set => _statusCode = value ?? 0;
    }

    internal string? RouteTemplate { get; }

    /// <summary>Returns the value of a request header. Multiple values are joined with a comma.</summary>
    /// <param name="name">The name of the header, in any letter case.</param>
    /// <returns>The value of the header, or <see langword="null"/> if the header was not sent.</returns>
    public string? Header(string name) => _headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Returns the number, the method, the path and the status code of the call.</summary>
    public override string ToString() => $"#{Number} {Method} {Path} {StatusCode}";
}
