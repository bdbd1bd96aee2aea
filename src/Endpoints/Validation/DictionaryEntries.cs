using System.Collections;

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
        foreach (var pair in (IEnumerable)dictionary)
        {
            var type = pair.GetType();
            yield return new(type.GetProperty("Key")!.GetValue(pair)!, type.GetProperty("Value")!.GetValue(pair));
        }
    }
}
