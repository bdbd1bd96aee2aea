using System.Diagnostics.CodeAnalysis;
using Endpoints.Origins;
using Endpoints.Wix.ServiceCallers;
using Endpoints.Wix.Values;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Identification;

/// <summary>Reads the token of an <c>Authorization</c> header: as Wix's clients send it, bare, or after <c>Bearer</c>.</summary>
internal static class PresentedToken
{
    private const string Bearer = "Bearer";

    public static bool TryRead(StringValues header, [NotNullWhen(true)] out AccessToken? token)
    {
        token = null;
        if (header.Count != 1 || header[0] is not { Length: <= TokenText.MaxLength + 7 } value)
            return false;

        var text = Text(value);
        if (!TokenText.IsToken(text))
            return false;
        token = new(text.Length == value.Length ? value : text.ToString());
        return true;
    }

    /// <summary>Determines whether a header's token begins like one of Wix's.</summary>
    /// <param name="header">The header.</param>
    /// <param name="prefixes">The prefixes of Wix's tokens.</param>
    public static bool IsWixs(StringValues header, string[] prefixes)
    {
        if (header.Count != 1 || header[0] is not { } value)
            return false;
        var text = Text(value);
        foreach (var prefix in prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Determines whether a header has what is, or was meant to be, the key of a service. It is nobody else's, and Wix never sees it.
    /// </summary>
    public static bool IsServices(StringValues header, out ReadOnlySpan<char> key)
    {
        key = header.Count == 1 && header[0] is { } value ? Text(value) : default;
        return ServiceKeyText.Begins(key);
    }

    private static ReadOnlySpan<char> Text(string value)
    {
        var text = value.AsSpan().Trim(' ');
        return text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && (text.Length == Bearer.Length || text[Bearer.Length] == ' ')
            ? text[Bearer.Length..].TrimStart(' ')
            : text;
    }

    /// <summary>
    /// Determines whether a header is meant for somebody else: it has the credentials of a scheme that no Wix token uses, which a browser
    /// sends to get past a proxy or a staging site's password.
    /// </summary>
    public static bool IsForOther(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { } value)
            return false;
        var text = value.AsSpan().Trim(' ');
        var end = text.IndexOf(' ');
        return end > 0 && AmbientScheme.IsName(text[..end]);
    }
}
