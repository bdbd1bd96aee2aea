using System.Buffers;

namespace Endpoints.Wix.Configuration;

/// <summary>What Wix's ids look like: GUIDs mostly. Anything else never becomes a cache key, a log field or part of an address.</summary>
internal static class Identifier
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:");

    public static bool IsValid(string text) => text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Allowed);
}
