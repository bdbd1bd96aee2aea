using System.IO.Enumeration;
using Adversary.Tests.Hosting;

namespace Adversary.Tests.Judging;

/// <summary>
/// Findings that are known and not mended yet, by name: <c>found/open.txt</c>. A mended one is taken out, and is found again when it comes
/// back.
/// </summary>
internal static class OpenFindings
{
    private static readonly string[] Names = Path.Combine(PublishedSite.Found, "open.txt") is var file && File.Exists(file)
        ? [.. File.ReadLines(file).Where(static line => line.Length > 0 && line[0] != '#')]
        : [];

    /// <summary>Determines whether a whole row of the table of threats is open.</summary>
    public static bool HasRow(string row) => Names.Contains(row);

    public static bool Has(Violation violation) => Names.Any(name => FileSystemName.MatchesSimpleExpression(name, violation.Name));
}
