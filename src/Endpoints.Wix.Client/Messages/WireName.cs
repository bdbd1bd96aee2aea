using System.Text;

namespace Endpoints.Wix.Messages;

/// <summary>Finds the names of members fast: names with different keys are different.</summary>
internal static class WireName
{
    /// <summary>The length of the longest name that has a key.</summary>
    public const int MaxLength = byte.MaxValue;

    /// <summary>Makes the key of a name in ASCII.</summary>
    public static uint Key(ReadOnlySpan<byte> name) => name.IsEmpty ? 0
        : (uint)name.Length | ((uint)name[0] << 8) | ((uint)name[^1] << 16) | ((uint)name[name.Length / 2] << 24);

    /// <summary>Makes the key of a name. One that isn't ASCII has the key of another name, or of none.</summary>
    public static uint Key(string name) => name.Length == 0 ? 0
        : (byte)name.Length | ((uint)(byte)name[0] << 8) | ((uint)(byte)name[^1] << 16) | ((uint)(byte)name[name.Length / 2] << 24);

    /// <summary>Gets the length of the name that has a key.</summary>
    public static int Length(uint key) => (byte)key;

    /// <summary>Determines whether a name is one that can have a key.</summary>
    public static bool HasKey(ReadOnlySpan<byte> name) => name.Length <= MaxLength && Ascii.IsValid(name);
}
