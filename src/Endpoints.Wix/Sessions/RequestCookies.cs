using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Sessions;

/// <summary>Reads this library's cookies from the header itself, as RFC 6265 has it and no other way.</summary>
/// <remarks>
/// The framework's collection takes names in any letter case and the last of several values, and so do proxies and other servers in ways of their own. Who can
/// write one cookie more, a page of another host for one, must not choose by that which of them counts: where any reader could see another cookie of a
/// name than this one does, there is none.
/// </remarks>
internal static class RequestCookies
{
    private const string LegacyVersion = "$Version"; // the older grammar, in which quotes hide separators

    /// <summary>The value of a cookie as it was sent; null when there is none, or none that everybody reads alike.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The exact name.</param>
    /// <param name="isAmbiguous">Whether there is something of this name, and no telling what.</param>
    public static string? Find(HttpRequest request, string name, out bool isAmbiguous)
    {
        isAmbiguous = false;
        var headers = request.Headers.Cookie;
        ReadOnlySpan<char> found = default;
        var (isThere, isOdd) = (false, headers.Count > 1 && !MayBeSplit(request));
        foreach (var header in headers)
        {
            isOdd |= header.AsSpan().ContainsAny('\0', '\r', '\n');
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan()[range].Trim(' ');
                if (pair.StartsWith(name, StringComparison.Ordinal) && pair.Length > name.Length && pair[name.Length] == '=')
                {
                    var value = pair[(name.Length + 1)..];
                    isOdd |= !IsValue(value) || (isThere && !value.SequenceEqual(found));
                    found = value;
                    isThere = true;
                }
                else if (CookieName.CouldBe(pair, name))
                {
                    isAmbiguous = true; // also where nothing else is: somebody else may see it
                }
                else
                {
                    isOdd |= pair.TrimStart().TrimStart('"').StartsWith(LegacyVersion, StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        isAmbiguous |= isThere && isOdd;
        return isThere && !isAmbiguous ? found.ToString() : null;
    }

    /// <summary>Whether the request has something that could be a cookie of this name to any reader.</summary>
    public static bool Has(HttpRequest request, string name) => Find(request, name, out var isAmbiguous) is not null || isAmbiguous;

    /// <summary>The cookies whose names begin with a prefix, in the order of the header, as often as they are there.</summary>
    public static List<KeyValuePair<string, string>> WithPrefix(HttpRequest request, string prefix, int most)
    {
        var cookies = new List<KeyValuePair<string, string>>();
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan()[range].Trim(' ');
                if (cookies.Count < most && pair.StartsWith(prefix, StringComparison.Ordinal) && pair.IndexOf('=') is > 0 and var equals && IsValue(pair[(equals + 1)..]))
                    cookies.Add(KeyValuePair.Create(pair[..equals].ToString(), pair[(equals + 1)..].ToString()));
            }
        }

        return cookies;
    }

    // Newer protocols may send one cookie a line; in HTTP/1.1 several headers are several readings.
    private static bool MayBeSplit(HttpRequest request) => HttpProtocol.IsHttp2(request.Protocol) || HttpProtocol.IsHttp3(request.Protocol);

    // The octets of a cookie's value: neither blanks nor quotes nor commas nor backslashes.
    private static bool IsValue(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange('!', '~') && !value.ContainsAny('"', ',', '\\');
}
