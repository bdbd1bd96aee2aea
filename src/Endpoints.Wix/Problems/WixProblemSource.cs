using Endpoints.Problems;

namespace Endpoints.Wix.Problems;

/// <summary>Says what Wix's refusals are to the client of an endpoint file that does not handle them.</summary>
internal sealed class WixProblemSource : IProblemSource
{
    public Problem? For(Exception exception) => WixProblems.Of(exception);
}
