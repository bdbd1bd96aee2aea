using Endpoints.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Problems;

/// <summary>Answers for Wix's refusals where the application has <c>UseExceptionHandler</c>, which would answer 500.</summary>
internal sealed class WixExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (WixProblems.Of(exception) is not { } problem)
            return false;
        await ProblemWriter.WriteAsync(httpContext, problem).ConfigureAwait(false);
        return true;
    }
}
