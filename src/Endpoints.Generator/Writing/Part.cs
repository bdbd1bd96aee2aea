using Endpoints.Shared.Collections;
using Endpoints.Shared.Tables;

namespace Endpoints.Generator.Writing;

/// <summary>Some of the table's rows, written as a file and a method of their own.</summary>
/// <remarks>
/// A table of thousands of routes would be parsed anew, and its one method compiled anew, for every verb that is renamed.
/// </remarks>
/// <param name="Number">Which part it is, from 0.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record Part(int Number, EquatableArray<Row> Rows)
{
    private const int Size = 100;

    /// <summary>Splits a table; an empty one has no parts.</summary>
    public static IEnumerable<Part> Split(EquatableArray<Row> rows) =>
        Enumerable.Range(0, Count(rows.Count)).Select(number => new Part(number, rows.Skip(number * Size).Take(Size).ToEquatableArray()));

    /// <summary>How many parts a table of so many rows has.</summary>
    public static int Count(int rows) => (rows + Size - 1) / Size;

    /// <summary>Where a part's rows begin in the table.</summary>
    public static int First(int number) => number * Size;
}
