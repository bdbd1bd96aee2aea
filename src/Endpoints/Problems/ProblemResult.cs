using Microsoft.AspNetCore.Http;

namespace Endpoints.Problems;

/// <summary>Represents a problem document as a filter's result, so that outer filters still see the result of the request.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    public Problem Problem => problem;

    public int? StatusCode => problem.Status;

    public Task ExecuteAsync(HttpContext httpContext) => ProblemWriter.WriteAsync(httpContext, problem);
}
