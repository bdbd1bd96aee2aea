namespace Endpoints.Wix;

/// <summary>Implemented by an enumeration of Wix's. Values that are not known yet are values as well.</summary>
/// <typeparam name="TSelf">The enumeration.</typeparam>
public interface IWixEnumeration<TSelf>
    where TSelf : struct, IWixEnumeration<TSelf>
{
    /// <summary>Gets the value as Wix writes it.</summary>
    string Value { get; }

    /// <summary>Makes a value.</summary>
    /// <param name="value">The value as Wix writes it.</param>
    static abstract TSelf Create(string value);
}
