using System.Globalization;
using System.Text;

namespace Endpoints.Testing.Reports;

/// <summary>Writes a report as text: the differences, then a row for each endpoint and a column for each caller.</summary>
internal static class MatrixTable
{
    private static readonly (GuardMatrixCaller Caller, string Title)[] Columns =
    [
        (GuardMatrixCaller.Nobody, "nobody"), (GuardMatrixCaller.Visitor, "visitor"), (GuardMatrixCaller.VisitorSession, "v. cookie"),
        (GuardMatrixCaller.Member, "member"),
        (GuardMatrixCaller.MemberSession, "m. cookie"), (GuardMatrixCaller.MemberSessionElsewhere, "elsewhere"),
        (GuardMatrixCaller.User, "user"), (GuardMatrixCaller.App, "app"), (GuardMatrixCaller.Service, "service"),
        (GuardMatrixCaller.ServiceElsewhere, "no scope"),
    ];

    public static string Write(GuardMatrixReport report)
    {
        var text = new StringBuilder();
        text.Append(report.Differences.Count switch
        {
            0 => "The guards are as the lock says.\n",
            1 => "The guards are not as the lock says. 1 difference:\n",
            var count => $"The guards are not as the lock says. {count.ToString(CultureInfo.InvariantCulture)} differences:\n",
        });
        foreach (var difference in report.Differences)
            text.Append("  - ").Append(difference).Append('\n');
        if (report.Cells.Count == 0)
            return text.ToString();

        var rows = report.Cells.GroupBy(static cell => cell.Endpoint).ToList();
        var width = rows.Max(static row => row.Key.Length);
        text.Append('\n').Append(' ', width);
        foreach (var (_, title) in Columns)
            text.Append("  ").Append(title.PadRight(9));
        text.Append('\n');
        foreach (var row in rows)
        {
            text.Append(row.Key.PadRight(width));
            foreach (var (caller, _) in Columns)
                text.Append("  ").Append(Cell(row.FirstOrDefault(cell => cell.Caller == caller)).PadRight(9));
            text.Append('\n');
        }

        return text.Append("\nin: past the guards. p: the lock lets this kind in, and a policy refused. !: not as the lock says.\n")
            .ToString();
    }

    private static string Cell(GuardMatrixCell? cell) => cell is null ? "" : cell.Outcome switch
    {
        GuardMatrixOutcome.Admitted => "in",
        _ => cell.Status?.ToString(CultureInfo.InvariantCulture) ?? "threw",
    } + (cell.Outcome == GuardMatrixOutcome.RefusedByPolicy ? " p" : "") + (cell.Difference is null ? "" : " !");
}
