using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Endpoints.RateLimiting;
using Endpoints.Wix.Sessions;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Flows;

/// <summary>
/// Stores the attempts that a browser has begun and Wix will return it from. Each has an encrypted cookie of its own, so that tabs don't
/// interfere, is valid for ten minutes, and can be used once.
/// </summary>
internal abstract class BrowserAttempts
{
    /// <summary>The time that a person may take on Wix's pages.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int NameLength = 16;

    // Beyond these the oldest go: whoever makes a browser begin something must not fill its request headers.
    private const int MaxAttempts = 5;
    private const int MaxTotalLength = 6 * 1024;
    private const int MaxLength = 4050;
    private const int MostLooked = 64; // a browser that sends more has not got them from here

    private readonly string _baseName;
    private readonly CookieKind _kind;
    private readonly TimeProvider _time;
    private readonly UsedStates _used;
    private readonly IDataProtector _protector;

    /// <param name="baseName">The prefix of the cookies' names.</param>
    /// <param name="purpose">The purpose of the protection. A cookie for one purpose can't be read for another.</param>
    /// <param name="protection">The provider that protects the cookies.</param>
    /// <param name="options">The options of the app to which the cookies are bound.</param>
    /// <param name="kind">The kind of the cookies.</param>
    /// <param name="app">The app that begins them.</param>
    /// <param name="time">The clock.</param>
    private protected BrowserAttempts(
        string baseName, string purpose, IDataProtectionProvider protection, IOptions<WixOptions> options, CookieKind kind,
        AppName app, TimeProvider time)
    {
        _baseName = CookieKind.Of(app, baseName);
        _kind = kind;
        _time = time;
        _used = new(time);
        _protector = protection.CreateProtector(purpose, "v1", options.Value.ClientId ?? "");
    }

    /// <summary>Stores an attempt in the browser.</summary>
    public void Add(HttpContext context, BrowserAttempt attempt)
    {
        var value = Base64Url.EncodeToString(_protector.Protect(attempt.ToBytes()));
        MakeRoom(context, value.Length);
        context.Response.Cookies.Append(Name(context.Request, attempt.State), value, _kind.Options(context.Request, maxAge: Lifetime));
    }

    /// <summary>
    /// Gets the browser's attempt with the specified state and uses it up. Its cookie is removed whether or not it is still valid.
    /// </summary>
    public bool TryTake(HttpContext context, string state, [NotNullWhen(true)] out BrowserAttempt? attempt)
    {
        attempt = null;
        var name = Name(context.Request, state);
        var value = RequestCookies.Find(context.Request, name, out var isAmbiguous);
        if (value is null && !isAmbiguous)
            return false;
        context.Response.Cookies.Delete(name, _kind.Options(context.Request));
        if (value is null || Read(value) is not { } read || !read.HasState(state) || IsOver(read)
            || !_used.TryUse(state, ClientAddress.Of(context), read.BegunAt + Lifetime))
            return false;
        attempt = read;
        return true;
    }

    private void MakeRoom(HttpContext context, int length)
    {
        var kept = 1;
        var prefix = _kind.Name(context.Request, _baseName);
        var cookies = RequestCookies.WithPrefix(context.Request, prefix, MostLooked)
            .DistinctBy(static cookie => cookie.Key, StringComparer.Ordinal)
            .Select(cookie => (cookie.Key, cookie.Value.Length, Attempt: Read(cookie.Value)))
            .OrderByDescending(static cookie => cookie.Attempt?.BegunAt ?? DateTimeOffset.MinValue);
        foreach (var (name, size, attempt) in cookies)
        {
            if (attempt is not null && !IsOver(attempt) && kept < MaxAttempts && length + size <= MaxTotalLength)
            {
                kept++;
                length += size;
            }
            else
            {
                context.Response.Cookies.Delete(name, _kind.Options(context.Request));
            }
        }
    }

    private BrowserAttempt? Read(string value)
    {
        if (value.Length > MaxLength)
            return null;
        try
        {
            return BrowserAttempt.FromBytes(_protector.Unprotect(Base64Url.DecodeFromChars(value)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    // Begun in the future: another node's clock. It must be close.
    private bool IsOver(BrowserAttempt attempt)
    {
        var age = _time.GetUtcNow() - attempt.BegunAt;
        return age > Lifetime || age < -Lifetime / 2;
    }

    // The name is derived, so that the state itself is in no place where names are logged.
    private string Name(HttpRequest request, string state) =>
        _kind.Name(request, _baseName + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..NameLength]);
}
