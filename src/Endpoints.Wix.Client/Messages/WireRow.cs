using System.Text.Json;

namespace Endpoints.Wix.Messages;

/// <summary>Represents a value in a <see cref="WireDocument"/>. An object or a list is followed by what is in it.</summary>
/// <param name="Key">The <see cref="WireName"/> key of the member; 0 for an element of a list.</param>
/// <param name="Start">Where the value begins in the JSON.</param>
/// <param name="Length">How long it is, in bytes.</param>
internal record struct WireRow(uint Key, int Start, int Length)
{
    private const int KindBits = 4;

    private int _rowsAndKind;

    /// <summary>Gets what the value is.</summary>
    public readonly JsonValueKind Kind => (JsonValueKind)(_rowsAndKind & ((1 << KindBits) - 1));

    /// <summary>Gets the number of rows that the value takes, its own included.</summary>
    public readonly int Rows => _rowsAndKind >> KindBits;

    public void Set(JsonValueKind kind, int rows) => _rowsAndKind = (rows << KindBits) | (int)kind;
}
