using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Sessions;

/// <summary>Reads this library's cookies from the header itself, strictly according to RFC 6265.</summary>
/// <remarks>
/// The framework's collection ignores the letter case of names and takes the last of several values; proxies and other servers differ in
/// other ways. Whoever can write an additional cookie, such as a page of another host, must not be able to choose by that which of them
/// counts. Therefore, if any reader could see another cookie of a name than this one does, there is none.
/// </remarks>
internal static class RequestCookies
{
    private const string LegacyVersion = "$Version"; // the older grammar, in which quotes hide separators

    /// <summary>
    /// Returns the value of a cookie as it was sent; <see langword="null"/> if there is none, or none that all readers agree on.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The exact name.</param>
    /// <param name="isAmbiguous">
    /// <see langword="true"/> if there is something of this name, and it can't be determined what; otherwise, <see langword="false"/>.
    /// </param>
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

    /// <summary>Determines whether the request contains something that could be a cookie of this name to any reader.</summary>
    public static bool Has(HttpRequest request, string name) => Find(request, name, out var isAmbiguous) is not null || isAmbiguous;

    /// <summary>Returns the cookies whose names begin with a prefix, in the order of the header and including duplicates.</summary>
    public static List<KeyValuePair<string, string>> WithPrefix(HttpRequest request, string prefix, int most)
    {
        var cookies = new List<KeyValuePair<string, string>>();
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan()[range].Trim(' ');
                if (cookies.Count < most && pair.StartsWith(prefix, StringComparison.Ordinal) && pair.IndexOf('=') is > 0 and var equals
                    && IsValue(pair[(equals + 1)..]))
                    cookies.Add(KeyValuePair.Create(pair[..equals].ToString(), pair[(equals + 1)..].ToString()));
            }
        }

        return cookies;
    }

    // Newer protocols may send one cookie a line; in HTTP/1.1 several headers are several readings.
    private static bool MayBeSplit(HttpRequest request) => HttpProtocol.IsHttp2(request.Protocol) || HttpProtocol.IsHttp3(request.Protocol);

    // The octets of a cookie's value: neither blanks nor quotes nor commas nor backslashes.
    private static bool IsValue(ReadOnlySpan<char> value) =>
        !value.ContainsAnyExceptInRange('!', '~') && !value.ContainsAny('"', ',', '\\');
}
