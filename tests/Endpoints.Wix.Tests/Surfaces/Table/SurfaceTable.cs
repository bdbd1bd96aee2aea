namespace Endpoints.Wix.Tests.Surfaces.Table;

/// <summary>
/// The state of each guard and each identity on each surface. <c>docs/elevate.md</c> shows the same two tables, word for word.
/// </summary>
internal static class SurfaceTable
{
    public const string Holds = "✓";
    public const string StopsStart = "start";
    public const string Refused = "refused";
    public const string Nothing = "–";

    public const string Guards = """
        | | limit | identification | origin | callers | policy | second limit | body | validation | check | grant | Only | no-store | service |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        | endpoint file | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | minimal API | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | group | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | MVC action | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | convention route | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | API controller | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | Razor Page | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | fallback | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | WebSocket | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | – | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | hub | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | – | start | ✓ | ✓ | ✓ | ✓ | ✓ |
        | hub by long polling | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | – | start | ✓ | refused | refused | ✓ | ✓ |
        | health check | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | – | ✓ | ✓ | ✓ | ✓ | ✓ |
        | foreign source | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | – | start | refused | refused | ✓ | ✓ |
        | message handler | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | singleton | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | background work | refused | refused | refused | refused | refused | refused | refused | refused | refused | refused | refused | refused | refused |
        | hosted service | refused | refused | refused | refused | refused | refused | refused | refused | refused | refused | refused | refused | refused |
        """;

    public const string Identities = """
        | | Caller | WixClient | modules | WixAuth | ElevatedWixClient | AdminWixClient | AppWixClient |
        | --- | --- | --- | --- | --- | --- | --- | --- |
        | endpoint file | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | minimal API | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | group | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | MVC action | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | convention route | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | API controller | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | Razor Page | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | fallback | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | WebSocket | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | hub | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | hub by long polling | ✓ | refused | refused | refused | refused | refused | refused |
        | health check | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | foreign source | ✓ | ✓ | ✓ | refused | refused | refused | refused |
        | message handler | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | singleton | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
        | background work | refused | refused | refused | refused | refused | refused | refused |
        | hosted service | – | refused | refused | refused | refused | ✓ | ✓ |
        """;

    /// <summary>The surfaces, in the order of the tables.</summary>
    public static IReadOnlyList<string> Surfaces { get; } = [.. Rows(Guards).Select(static row => row[0])];

    /// <summary>A surface's row in one of the tables.</summary>
    public static IReadOnlyList<(string Column, string Verdict)> Of(string table, string surface)
    {
        var columns = Cells(table.Split('\n')[0]);
        var row = Rows(table).Single(row => row[0] == surface);
        Assert.Equal(columns.Length, row.Length);
        return [.. columns.Zip(row).Skip(1)];
    }

    private static IEnumerable<string[]> Rows(string table) => table.Split('\n').Skip(2).Select(Cells);

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim())];
}
