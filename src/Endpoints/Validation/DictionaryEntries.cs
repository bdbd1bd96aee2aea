using System.Collections;
using System.Reflection;

namespace Endpoints.Validation;

/// <summary>Reads the entries of dictionaries, including those that implement only the generic interfaces.</summary>
internal static class DictionaryEntries
{
    /// <summary>Determines whether a value is a dictionary.</summary>
    public static bool Are(object? value) =>
        value is IDictionary || (value is not null && ValueValidator.PartsOf(value.GetType()).Key is not null);

    /// <summary>Returns the entries of a dictionary, in its order.</summary>
    public static IEnumerable<DictionaryEntry> Of(object dictionary)
    {
        if (dictionary is IDictionary plain)
        {
            foreach (DictionaryEntry entry in plain)
                yield return entry;
            yield break;
        }

        PropertyInfo? key = null, value = null;
        foreach (var pair in (IEnumerable)dictionary)
        {
            key ??= pair.GetType().GetProperty(nameof(KeyValuePair<,>.Key))!; // all pairs have one type
            value ??= pair.GetType().GetProperty(nameof(KeyValuePair<,>.Value))!;
            yield return new(key.GetValue(pair)!, value.GetValue(pair));
        }
    }
}
