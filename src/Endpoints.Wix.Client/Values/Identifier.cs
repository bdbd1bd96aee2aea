using System.Runtime.CompilerServices;

namespace Endpoints.Wix.Values;

/// <summary>
/// Determines which strings can be ids: mostly GUIDs, and in any case printable ASCII of limited length. No other string becomes a cache
/// key or a log field.
/// </summary>
internal static class Identifier
{
    private const int MaxLength = 128;

    /// <summary>Throws where an argument is no id.</summary>
    /// <exception cref="ArgumentException">It is empty, or can't be an id.</exception>
    public static void ThrowIfNotValid(string text, [CallerArgumentExpression(nameof(text))] string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, parameter);
        if (!IsValid(text))
            throw new ArgumentException("The value is not an id. An id has at most 128 ASCII characters.", parameter);
    }

    public static bool IsValid(string text) => text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
