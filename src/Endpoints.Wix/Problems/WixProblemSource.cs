using Endpoints.Problems;

namespace Endpoints.Wix.Problems;

/// <summary>Provides the problem documents for Wix's refusals that an endpoint file does not handle.</summary>
internal sealed class WixProblemSource : IProblemSource
{
    public Problem? For(Exception exception) => WixProblems.Of(exception);
}
