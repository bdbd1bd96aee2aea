using System.Text.Json;

namespace Endpoints.Wix.Messages;

/// <summary>Represents a value in a <see cref="WireDocument"/>. An object or a list is followed by what
/// is in it, unless it is folded.</summary>
/// <param name="Key">The <see cref="WireName"/> key of the member; 0 for an element of a list.</param>
/// <param name="Start">Where the value begins in the JSON.</param>
/// <param name="Length">How long it is, in bytes.</param>
internal record struct WireRow(uint Key, int Start, int Length)
{
    private const int KindBits = 4;
    private const int KindMask = 7;
    private const int FoldedBit = 8;

    private int _rowsAndKind;

    /// <summary>Gets what the value is.</summary>
    public readonly JsonValueKind Kind => (JsonValueKind)(_rowsAndKind & KindMask);

    /// <summary>Gets a value that indicates whether what is in the value has no rows here.</summary>
    public readonly bool IsFolded => (_rowsAndKind & FoldedBit) != 0;

    /// <summary>Gets the number of rows that the value takes, its own included.</summary>
    public readonly int Rows => _rowsAndKind >> KindBits;

    public void Fold(JsonValueKind kind) => _rowsAndKind = (1 << KindBits) | FoldedBit | (int)kind;

    public void Set(JsonValueKind kind, int rows) => _rowsAndKind = (rows << KindBits) | (int)kind;
}
