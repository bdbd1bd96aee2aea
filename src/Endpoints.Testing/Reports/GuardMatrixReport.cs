using Endpoints.Testing.Reports;

namespace Endpoints.Testing;

/// <summary>Represents the results of calling every elevated endpoint as every kind of caller. Printing the report shows a table.</summary>
public sealed class GuardMatrixReport
{
    internal GuardMatrixReport(IReadOnlyList<GuardMatrixCell> cells, IReadOnlyList<string> differences)
    {
        Cells = cells;
        Differences = differences;
    }

    /// <summary>Gets every request, endpoint by endpoint.</summary>
    public IReadOnlyList<GuardMatrixCell> Cells { get; }

    /// <summary>Gets descriptions of the differences from the lock. The list is empty if there are none.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>Returns the differences and the table.</summary>
    public override string ToString() => MatrixTable.Write(this);
}
