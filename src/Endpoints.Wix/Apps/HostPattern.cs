using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Apps;

/// <summary>Represents a host name of an app, as <c>RequireHost</c> of ASP.NET Core writes them.</summary>
/// <param name="Host">
/// The name; with a leading dot for the names below it; the empty string for all names.
/// </param>
/// <param name="Port">The port; <see langword="null"/> for every port.</param>
internal sealed record HostPattern(string Host, int? Port)
{
    /// <summary>Gets a value that indicates whether the pattern matches more than one name.</summary>
    public bool IsWildcard => Host.Length == 0 || Host[0] == '.';

    /// <summary>
    /// Reads a pattern: <c>shop.example</c>, <c>shop.example:5001</c>, <c>*.shop.example</c>, <c>*:5001</c>. Returns
    /// <see langword="null"/> for anything else.
    /// </summary>
    public static HostPattern? TryParse(string? text)
    {
        if (text?.Split(':') is not ({ Length: 1 or 2 } and var parts))
            return null;
        int? port = null;
        if (parts.Length == 2)
        {
            if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65_535)
                return null;
            port = number;
        }

        if (parts[0] == "*")
            return new("", port);
        var isWildcard = parts[0].StartsWith("*.", StringComparison.Ordinal);
        var name = Canonical(isWildcard ? parts[0][2..] : parts[0]);
        return name is not null && Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4
            ? new((isWildcard ? "." : "") + name, port) : null;
    }

    /// <summary>Determines whether a request to a name and port matches.</summary>
    public bool Matches(string host, int port) => (Port is null || Port == port)
        && (IsWildcard ? host.EndsWith(Host, StringComparison.Ordinal) && host.Length > Host.Length : host == Host);

    /// <summary>Returns a name in lower case and ASCII; <see langword="null"/> if it is none.</summary>
    public static string? Canonical(string name)
    {
        try
        {
            return new HostString(name).ToUriComponent().ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public override string ToString() =>
        $"{(IsWildcard ? "*" : "")}{Host}{(Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "")}";
}
