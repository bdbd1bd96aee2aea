using Endpoints.Testing.Reports;

namespace Endpoints.Testing;

/// <summary>What happened when every elevated endpoint was called by every kind of caller. Printing it gives a table.</summary>
public sealed class GuardMatrixReport
{
    internal GuardMatrixReport(IReadOnlyList<GuardMatrixCell> cells, IReadOnlyList<string> differences)
    {
        Cells = cells;
        Differences = differences;
    }

    /// <summary>Every request, endpoint by endpoint.</summary>
    public IReadOnlyList<GuardMatrixCell> Cells { get; }

    /// <summary>What differs from the lock, in words; empty when nothing does.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>Gives the differences and the table.</summary>
    public override string ToString() => MatrixTable.Write(this);
}
