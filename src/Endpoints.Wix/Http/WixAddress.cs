namespace Endpoints.Wix.Http;

/// <summary>Makes addresses on Wix's origin, out of parts that can't lead anywhere else.</summary>
internal static class WixAddress
{
    /// <summary>One argument as one path segment, whatever is in it.</summary>
    /// <exception cref="ArgumentException">It is empty, or <c>.</c> or <c>..</c>, which no escaping keeps a client from resolving.</exception>
    public static string Segment(string value, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        if (value is "." or "..")
            throw new ArgumentException("'.' and '..' are not names of anything at Wix.", parameter);
        return Uri.EscapeDataString(value);
    }

    /// <summary>The address of a path on an origin.</summary>
    /// <exception cref="ArgumentException">The path is not one, or does not stay as it is written.</exception>
    public static Uri On(Uri origin, string path)
    {
        // "//host" would be another host, and a backslash is a slash to some.
        if (path.Length == 0 || path[0] != '/' || path.StartsWith("//", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal)
            || !Uri.TryCreate(origin.GetLeftPart(UriPartial.Authority) + path, UriKind.Absolute, out var address)
            || !IsOn(origin, address)
            || address.UserInfo.Length > 0
            || !string.Equals(address.PathAndQuery, path, StringComparison.Ordinal))
        {
            throw new ArgumentException("This is not a path on Wix's API origin, or it has '.' or '..' segments, a fragment or unescaped characters.", nameof(path));
        }

        return address;
    }

    public static bool IsOn(Uri origin, Uri address) =>
        address.Scheme == origin.Scheme && address.Port == origin.Port && string.Equals(address.IdnHost, origin.IdnHost, StringComparison.OrdinalIgnoreCase);
}
