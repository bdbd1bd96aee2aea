using Endpoints.Shared.CallPatterns;

namespace Endpoints.Wix.Http;

/// <summary>Creates addresses on Wix's origin, from parts that can't lead anywhere else.</summary>
internal static class WixAddress
{
    /// <summary>Returns one argument as one path segment.</summary>
    /// <exception cref="ArgumentException">
    /// It is empty, or has what no escaping keeps every server from reading as more than a part of one segment: slashes, dots alone,
    /// <c>%</c>, <c>;</c>.
    /// </exception>
    public static string Segment(string value, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        var segment = Uri.EscapeDataString(value);
        return PlainPath.IsSegment(segment)
            ? segment
            : throw new ArgumentException(
                "An id or name at Wix has no slashes, '%', ';', '?', '#' or control characters, and does not end in a dot or a blank.",
                parameter);
    }

    /// <summary>Returns the address of a path on an origin.</summary>
    /// <exception cref="ArgumentException">The path is not one, or does not stay as it is written.</exception>
    public static Uri On(Uri origin, string path)
    {
        // The path as every server reads it; the query string ends nothing and begins nothing.
        var query = path.IndexOf('?', StringComparison.Ordinal);
        if (!PlainPath.Is(query < 0 ? path : path[..query])
            || (query >= 0 && !IsQuery(path.AsSpan(query + 1)))
            || !Uri.TryCreate(origin, path, out var address)
            || !IsOn(origin, address)
            || address.UserInfo.Length > 0
            || !string.Equals(address.PathAndQuery, path, StringComparison.Ordinal))
        {
            throw new ArgumentException(
                "This is not a path on Wix's API origin, or two servers could read it differently: it has empty, '.' or '..' segments, "
                + "';', a fragment, unescaped characters or"
                + " escapes of what separates.",
                nameof(path));
        }

        return address;
    }

    // Visible ASCII without what ends a query string or a header line, escaped or not.
    private static bool IsQuery(ReadOnlySpan<char> query) =>
        !query.ContainsAnyExceptInRange('!', '~')
        && !query.ContainsAny('#', '\\')
        && !query.Contains("%00", StringComparison.Ordinal)
        && !query.Contains("%0a", StringComparison.OrdinalIgnoreCase)
        && !query.Contains("%0d", StringComparison.OrdinalIgnoreCase);

    public static bool IsOn(Uri origin, Uri address) =>
        address.Scheme == origin.Scheme && address.Port == origin.Port
            && string.Equals(address.IdnHost, origin.IdnHost, StringComparison.OrdinalIgnoreCase);
}
