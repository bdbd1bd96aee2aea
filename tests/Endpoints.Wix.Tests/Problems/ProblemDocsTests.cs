using System.Net;
using System.Text.RegularExpressions;
using Endpoints.Problems;
using Endpoints.Wix.Problems;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Problems;

public sealed partial class ProblemDocsTests
{
    [Fact]
    public void Every_problem_of_Wix_is_in_the_docs_with_its_status_and_nothing_else_is()
    {
        Problem[] problems =
        [
            WixProblems.NotAuthenticated, WixProblems.TokenNotAccepted, WixProblems.SessionEnded, WixProblems.CallerNotAllowed,
            WixProblems.CrossSite,
            WixProblems.NotYours, WixProblems.RateLimited(null), WixProblems.Unavailable(null),
            .. Enumerable.Range(400, 200).Select(static status => WixProblems.For(new WixApiException("", (HttpStatusCode)status))),
        ];
        var docs = File.ReadAllText(Path.Combine(Repository.Root, "docs", "problems.md"));
        var documented = Row().Matches(docs[docs.IndexOf("## Wix", StringComparison.Ordinal)..])
            .Select(static row => row.Groups[1].Value + " " + row.Groups[2].Value);

        Assert.Equal(problems.Select(static problem => $"{problem.Type} {problem.Status}").Distinct().Order(), documented.Order());
    }

    [GeneratedRegex(@"^\| `([a-z-]+)` \| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
