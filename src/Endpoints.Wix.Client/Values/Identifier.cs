namespace Endpoints.Wix.Values;

/// <summary>What may pass for an id: GUIDs mostly, and in any case printable ASCII of a sane length. Anything else never becomes a cache key or a log field.</summary>
internal static class Identifier
{
    private const int MaxLength = 128;

    public static bool IsValid(string text) => text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
