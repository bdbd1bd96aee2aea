using System.Globalization;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>Reads and writes the browser's session cookie, in the mode that the options specify.</summary>
/// <remarks>
/// A cookie that can't be read is as good as none, and is left alone: it may be another app's, or of a key that this node will get. What is
/// in it is believed to be tokens and nothing more; Wix says whose.
/// </remarks>
internal sealed partial class SessionCookie
{
    private const string BaseName = "wixSession";
    private const string ChunkCount = "chunks-";
    private const int ChunkSize = 4050; // browsers keep 4096 bytes per cookie, attributes included
    private const int MaxChunks = 5;
    private const int MaxLength = ChunkSize * MaxChunks;
    private const int MaxCompatibleLength = 8192; // no browser keeps one half as long

    private readonly CookieKind _kind;
    private readonly string _baseName;
    private readonly string _guardedName;
    private readonly ILogger<SessionCookie> _logger;
    private readonly ProtectedFormat? _protected;
    private readonly CompatibleFormat? _compatible;
    private readonly ChunkingCookieManager _chunks = new() { ChunkSize = ChunkSize, ThrowForPartialCookies = false };

    public SessionCookie(IOptions<WixOptions> options, IDataProtectionProvider protection, CookieKind kind, AppName app,
        ILogger<SessionCookie> logger)
    {
        _kind = kind;
        _baseName = CookieKind.Of(app, BaseName);
        _guardedName = CookieKind.Guarded(_baseName);
        _logger = logger;
        var clientId = options.Value.ClientId ?? "";
        if (options.Value.Session.Cookie == WixSessionCookie.Compatible)
            _compatible = new(clientId);
        else
            // another app's cookie is not even readable
            _protected = new(protection.CreateProtector("Endpoints.Wix.Session", "v1", clientId));
    }

    /// <summary>Gets a value that indicates whether anybody can write a cookie that is read as a session.</summary>
    public bool CanBeMadeUp => _compatible is not null;

    /// <summary>Reads the request's session. Returns <see langword="null"/> if there is none that is complete and this client's.</summary>
    public Session? Read(HttpRequest request)
    {
        if (Find(request, Name(request)) is not { Length: > 0 and <= MaxLength } text)
            return null;
        if (_compatible is not null)
            return text.Length <= MaxCompatibleLength ? _compatible.Read(Uri.UnescapeDataString(text)) : null;

        // How many parts there are is what the browser says: bounded before anything is read.
        if (text.StartsWith(ChunkCount, StringComparison.Ordinal))
        {
            if (text.Length != ChunkCount.Length + 1 || text[^1] is < '1' or > (char)('0' + MaxChunks))
                return null;
            if (Join(request, Name(request), text[^1] - '0') is not { Length: <= MaxLength } joined)
                return null;
            text = joined;
        }

        return _protected!.Read(text); // one of the formats is there
    }

    /// <summary>Determines whether the request carries a cookie of this name, readable or not.</summary>
    public bool IsIn(HttpRequest request) => RequestCookies.Has(request, Name(request));

    /// <summary>Sets the cookie in the response, or removes it, in place of what the response set before.</summary>
    /// <param name="context">The request, whose response has not started.</param>
    /// <param name="session">The session; <see langword="null"/> to remove it.</param>
    public void Write(HttpContext context, Session? session)
    {
        var request = context.Request;
        var name = Name(request);
        var options = _kind.Options(request, httpOnly: _compatible is null);
        Withdraw(context.Response, name);
        if (session is null)
        {
            Remove(context, name, from: 1, options);
            context.Response.Cookies.Delete(name, options);
        }
        else if (_compatible is not null)
        {
            var text = _compatible.Write(session);
            if (name.Length + Uri.EscapeDataString(text).Length > ChunkSize)
                LogTooLarge();
            context.Response.Cookies.Append(name, text, options);
        }
        else
        {
            var text = _protected!.Write(session); // one of the formats is there
            if (text.Length > MaxLength)
            {
                LogTooLarge();
                return;
            }

            _chunks.AppendResponseCookie(context, name, text, options);
            Remove(context, name, from: PartsIn(context.Response, name) + 1, options);
        }

        // Nobody else may be answered with a session.
        context.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>Withdraws what the response set.</summary>
    public void Withdraw(HttpContext context) => Withdraw(context.Response, Name(context.Request));

    private string Name(HttpRequest request) => _compatible is not null ? BaseName : _kind.Name(request, _baseName, _guardedName);

    /// <summary>
    /// Returns the one cookie of a name. Whoever can write a second one, such as a page on another host, must not be able to choose by that
    /// which of them counts.
    /// </summary>
    private string? Find(HttpRequest request, string name)
    {
        var value = RequestCookies.Find(request, name, out var isAmbiguous);
        if (isAmbiguous)
            LogAmbiguous(name);
        return value;
    }

    private string? Join(HttpRequest request, string name, int parts)
    {
        var values = new string[parts];
        for (var part = 1; part <= parts; part++)
        {
            if (Find(request, PartName(name, part)) is not { Length: > 0 } value)
                return null;
            values[part - 1] = value;
        }

        return string.Concat(values);
    }

    /// <summary>Removes the parts that an earlier, longer cookie left behind.</summary>
    private static void Remove(HttpContext context, string name, int from, CookieOptions options)
    {
        for (var part = from; part <= MaxChunks; part++)
        {
            var key = PartName(name, part);
            if (RequestCookies.Has(context.Request, key))
                context.Response.Cookies.Delete(key, options);
        }
    }

    private static int PartsIn(HttpResponse response, string name)
    {
        var parts = 0;
        while (response.Headers.SetCookie.Any(
            cookie => cookie is not null && cookie.StartsWith(PartName(name, parts + 1) + "=", StringComparison.Ordinal)))
            parts++;
        return parts;
    }

    private static void Withdraw(HttpResponse response, string name)
    {
        var cookies = response.Headers.SetCookie;
        if (cookies.Count == 0)
            return;
        var others = cookies.Where(cookie => cookie is not null && !IsOf(cookie, name)).ToArray();
        if (others.Length < cookies.Count)
            response.Headers.SetCookie = others;
    }

    private static bool IsOf(string cookie, string name) =>
        cookie.StartsWith(name + "=", StringComparison.Ordinal)
        || Enumerable.Range(1, MaxChunks).Any(part => cookie.StartsWith(PartName(name, part) + "=", StringComparison.Ordinal));

    private static string PartName(string name, int part) => name + "C" + part.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(2, LogLevel.Warning,
        "A browser sent two different {Name} cookies, or one that servers read differently. None is used. Check whether a page on another "
        + "host of the domain sets one")]
    private partial void LogAmbiguous(string name);

    [LoggerMessage(1, LogLevel.Error, "A session is too large for its cookie. Browsers drop the cookie, or it is not set")]
    private partial void LogTooLarge();
}
