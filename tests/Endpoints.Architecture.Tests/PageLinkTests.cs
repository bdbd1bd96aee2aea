using System.Text.RegularExpressions;

namespace Endpoints.Architecture.Tests;

/// <summary>Every link between the pages leads to a file and a heading that exist.</summary>
public sealed partial class PageLinkTests
{
    public static TheoryData<string> All => [.. Pages.All];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_link_of_a_page_leads_somewhere(string page)
    {
        var broken = Link().Matches(WithoutCode(Pages.Read(page))).Select(static link => link.Groups[1].Value)
            .Where(static target => !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Exists(page, target));

        Assert.Empty(broken);
    }

    private static bool Exists(string page, string target)
    {
        var (path, anchor) = target.Split('#') is [var file, var heading] ? (file, heading) : (target, null);
        var full = path.Length == 0
            ? Path.Combine(Pages.Repository, page) : Path.GetFullPath(Path.Combine(Pages.Repository, Path.GetDirectoryName(page)!, path));
        return anchor is null
            ? File.Exists(full) || Directory.Exists(full) : File.Exists(full) && Anchors(File.ReadAllText(full)).Contains(anchor);
    }

    private static IEnumerable<string> Anchors(string text) =>
        Heading().Matches(Block().Replace(text, "")).Select(static heading => Slug(heading.Groups[1].Value))
            .Concat(Named().Matches(text).Select(static anchor => anchor.Groups[1].Value));

    // As GitHub makes the anchor of a heading.
    private static string Slug(string heading) => Dropped().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutCode(string text) => Inline().Replace(Block().Replace(text, ""), "code");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("<a id=\"([^\"]+)\">")]
    private static partial Regex Named();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Inline();
}
