using Endpoints.Problems;

namespace Endpoints.Wix.Apps;

/// <summary>The exception that is thrown when a request was sent to a host that belongs to none of the application's apps.</summary>
internal sealed class UnknownAppException() : InvalidOperationException(
    "The request's host belongs to none of the application's Wix apps, and there is no app without a name."), IProblemException
{
    public Problem Problem { get; } = new("bad-request", 400, RequestProblems.BadRequest.Title,
        "The Host header is not an address of this site.")
    {
        Headers = new Dictionary<string, string> { ["Cache-Control"] = "no-store" },
    };
}
