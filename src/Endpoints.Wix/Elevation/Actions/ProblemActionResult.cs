using Endpoints.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Returns a problem document instead of an action's result.</summary>
internal sealed class ProblemActionResult(Problem problem) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => ProblemWriter.WriteAsync(context.HttpContext, problem);
}
