using Endpoints.Shared.Collections;
using Endpoints.Shared.Tables;

namespace Endpoints.Generator.Writing;

/// <summary>Represents some of the table's rows, which are written to a file and a method of their own.</summary>
/// <remarks>
/// Without parts, each renamed verb would cause a table of thousands of routes to be parsed again, and its only method to be compiled
/// again.
/// </remarks>
/// <param name="Number">The zero-based number of the part.</param>
/// <param name="Rows">The rows of the part.</param>
internal sealed record Part(int Number, EquatableArray<Row> Rows)
{
    private const int Size = 100;

    /// <summary>Splits a table into parts. An empty table has no parts.</summary>
    public static IEnumerable<Part> Split(EquatableArray<Row> rows) =>
        Enumerable.Range(0, Count(rows.Count)).Select(number => new Part(number, rows.Skip(number * Size).Take(Size).ToEquatableArray()));

    /// <summary>Returns the number of parts of a table with the given number of rows.</summary>
    public static int Count(int rows) => (rows + Size - 1) / Size;

    /// <summary>Returns the index in the table of the first row of a part.</summary>
    public static int First(int number) => number * Size;
}
