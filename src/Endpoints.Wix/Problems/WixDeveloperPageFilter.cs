using Endpoints.Problems;
using Microsoft.AspNetCore.Diagnostics;

namespace Endpoints.Wix.Problems;

/// <summary>Answers for Wix's refusals in Development, where the developer's exception page would answer 500.</summary>
internal sealed class WixDeveloperPageFilter : IDeveloperPageExceptionFilter
{
    public Task HandleExceptionAsync(ErrorContext errorContext, Func<ErrorContext, Task> next) =>
        WixProblems.Of(errorContext.Exception) is { } problem
            ? ProblemWriter.WriteAsync(errorContext.HttpContext, problem) : next(errorContext);
}
