using Endpoints.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>A problem document in place of an action's result.</summary>
internal sealed class ProblemActionResult(Problem problem) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => ProblemWriter.WriteAsync(context.HttpContext, problem);
}
