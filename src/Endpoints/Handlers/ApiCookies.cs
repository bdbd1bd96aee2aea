using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Endpoints.Problems;
using Endpoints.Shared.Naming;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Endpoints;

/// <summary>Provides access to the cookies of a request and of its response. Mirrors <c>AstroCookies</c>.</summary>
/// <remarks>
/// Later reads in the same request see what was set or deleted. The changes are sent when the response starts, one header for each name,
/// after the cookies that the response sets itself. If the handler fails, none of its changes are sent.
/// </remarks>
public sealed class ApiCookies : IAnswerParts
{
    // The value is percent-encoded as a whole: escapes inside would only make it longer.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpContext _context;
    private readonly List<(string Name, string? Value, string Header)> _changes = [];
    private Dictionary<string, string>? _sent;
    private bool _isRegistered;

    internal ApiCookies(HttpContext context) => _context = context;

    /// <summary>
    /// Returns a cookie by its case-sensitive name, or <see langword="null"/> if there is none or its value is empty. Mirrors <c>get()</c>.
    /// </summary>
    /// <remarks>If several have the same name, returns the first. A value that can't be unescaped is returned as it was sent.</remarks>
    /// <param name="name">The name of the cookie.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ApiCookie? Get(string name) => Find(name) is { Length: > 0 } value ? new ApiCookie(value) : null;

    /// <summary>Determines whether there is a cookie with the specified name, even with an empty value. Mirrors <c>has()</c>.</summary>
    /// <param name="name">The name of the cookie.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Sets a cookie. Mirrors <c>set()</c>.</summary>
    /// <param name="name">The name: letters, digits and the other characters of an HTTP token.</param>
    /// <param name="value">The value. It is percent-encoded.</param>
    /// <param name="options">The attributes of the cookie. There are none by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/>, the domain or the path is not valid in a cookie.</exception>
    /// <exception cref="InvalidOperationException">The response has started.</exception>
    public void Set(string name, string value, ApiCookieOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        Change(name, value, Escape(value), options ?? new ApiCookieOptions());
    }

    /// <summary>Sets a cookie to a value other than text. Mirrors <c>set()</c>.</summary>
    /// <param name="name">The name: letters, digits and the other characters of an HTTP token.</param>
    /// <param name="value">
    /// The value. Numbers and Boolean values are written as such, lists of them separated by commas, and anything else as JSON.
    /// </param>
    /// <param name="options">The attributes of the cookie. There are none by default.</param>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/>, the domain or the path is not valid in a cookie.</exception>
    /// <exception cref="InvalidOperationException">The response has started.</exception>
    public void Set<T>(string name, T value, ApiCookieOptions? options = null) =>
        Set(name, Text(JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web)), options);

    /// <summary>Deletes a cookie by telling the browser that it has expired. Mirrors <c>delete()</c>.</summary>
    /// <param name="name">The name of the cookie.</param>
    /// <param name="options">
    /// The attributes that the cookie was set with. A browser requires the same domain and path. The times are not used.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/>, the domain or the path is not valid in a cookie.</exception>
    /// <exception cref="InvalidOperationException">The response has started.</exception>
    public void Delete(string name, ApiCookieOptions? options = null) => Change(name, null, "deleted", new ApiCookieOptions
    {
        Domain = options?.Domain,
        Path = options?.Path,
        Expires = DateTimeOffset.UnixEpoch,
        HttpOnly = options?.HttpOnly ?? false,
        Secure = options?.Secure ?? false,
        Partitioned = options?.Partitioned ?? false,
        Priority = options?.Priority,
        SameSite = options?.SameSite ?? SameSiteMode.Unspecified,
    });

    void IAnswerParts.Discard() => _changes.Clear();

    Action IAnswerParts.Keep()
    {
        var kept = _changes.ToArray();
        return () =>
        {
            _changes.Clear();
            _changes.AddRange(kept);
        };
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue single => single.ToString(),
        JsonArray list when list.All(static item => item is null or JsonValue) =>
            string.Join(',', list.Select(static item => item is null ? "" : Text(item))),
        _ => value.ToJsonString(Readable),
    };

    /// <summary>Escapes a value as <c>encodeURIComponent</c> does.</summary>
    private static string Escape(string value) => new StringBuilder(Uri.EscapeDataString(value))
        .Replace("%21", "!").Replace("%27", "'").Replace("%28", "(").Replace("%29", ")").Replace("%2A", "*").ToString();

    private static string Header(string name, string value, ApiCookieOptions options)
    {
        var header = new StringBuilder(name).Append('=').Append(value);
        if (options.MaxAge is { } age)
            header.Append(CultureInfo.InvariantCulture, $"; Max-Age={(long)Math.Floor(age.TotalSeconds)}");
        if (!string.IsNullOrEmpty(options.Domain))
            header.Append("; Domain=").Append(Checked(options.Domain, "domain"));
        if (!string.IsNullOrEmpty(options.Path))
            header.Append("; Path=").Append(Checked(options.Path, "path"));
        if (options.Expires is { } end)
            header.Append("; Expires=").Append(end.ToString("R", CultureInfo.InvariantCulture));
        if (options.HttpOnly)
            header.Append("; HttpOnly");
        if (options.Secure)
            header.Append("; Secure");
        if (options.Partitioned)
            header.Append("; Partitioned");
        if (options.Priority is { } priority)
            header.Append("; Priority=").Append(priority);
        if (options.SameSite != SameSiteMode.Unspecified)
            header.Append("; SameSite=").Append(options.SameSite);
        return header.ToString();
    }

    private static string Checked(string text, string what) => text.All(static c => c is >= ' ' and <= '~' and not ';')
        ? text
        : throw new ArgumentException($"A cookie's {what} can't contain ';', control characters or characters beyond ASCII.");

    private void Change(string name, string? value, string escaped, ApiCookieOptions options)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!HttpToken.IsValid(name))
            throw new ArgumentException("A cookie's name consists of letters, digits and the other characters of an HTTP token.",
                nameof(name));
        if (_context.Response.HasStarted)
            throw new InvalidOperationException("Cookies can't be set once the response has started.");

        var change = (name, value, Header(name, escaped, options));
        var known = _changes.FindIndex(other => other.Name == name);
        if (known < 0)
            _changes.Add(change);
        else
            _changes[known] = change;

        if (_isRegistered)
            return;
        _isRegistered = true;
        _context.Features.Set<IAnswerParts>(this);
        _context.Response.OnStarting(Send);
    }

    private Task Send()
    {
        var headers = _context.Response.Headers;
        foreach (var (_, _, header) in _changes)
            headers.SetCookie = StringValues.Concat(headers.SetCookie, header);
        return Task.CompletedTask;
    }

    private string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var change in _changes)
        {
            if (change.Name == name)
                return change.Value;
        }
        _sent ??= Read(_context.Request.Headers.Cookie);
        return _sent.GetValueOrDefault(name);
    }

    private static Dictionary<string, string> Read(StringValues headers)
    {
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in headers.SelectMany(static header => header?.Split(';') ?? []))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                continue;
            var value = pair[(equals + 1)..].Trim();
            if (value is ['"', _, .., '"'] or "\"\"")
                value = value[1..^1];
            cookies.TryAdd(pair[..equals].Trim(), Unescape(value));
        }
        return cookies;
    }

    /// <remarks>
    /// A value that contains an escape that is not valid UTF-8 is returned as it was sent, as with <c>decodeURIComponent</c>.
    /// </remarks>
    private static string Unescape(string value)
    {
        if (!value.Contains('%', StringComparison.Ordinal))
            return value;

        var sent = Encoding.UTF8.GetBytes(value);
        var unescaped = new List<byte>(sent.Length);
        for (var i = 0; i < sent.Length; i++)
        {
            if (sent[i] != '%')
            {
                unescaped.Add(sent[i]);
                continue;
            }
            if (!Utf8Parser.TryParse(sent.AsSpan(i + 1, Math.Min(2, sent.Length - i - 1)), out byte escaped, out var length, 'x')
                || length != 2)
                return value;
            unescaped.Add(escaped);
            i += 2;
        }
        var bytes = CollectionsMarshal.AsSpan(unescaped);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : value;
    }
}
