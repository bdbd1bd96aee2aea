using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation.Running;

/// <summary>Runs the guards around an endpoint's request delegate.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="guarded">The guards of the endpoint.</param>
/// <param name="next">The guarded delegate.</param>
/// <param name="standIn">The delegate that runs instead, where only the guards are tested.</param>
internal sealed class GuardStep(ElevationPipeline pipeline, GuardedEndpoint guarded, RequestDelegate next, RequestDelegate? standIn)
{
    // Not at once: an endpoint file's handler is made after its guards.
    private readonly Lazy<string?> _fault = new(() => GuardProof.FaultBehind(guarded, next));

    public GuardedEndpoint Guarded => guarded;

    /// <summary>
    /// Gets the reason for which the check can't run behind these guards or the grant is not the expected one; <see langword="null"/> if
    /// there is none.
    /// </summary>
    public string? Fault => _fault.Value;

    public Task InvokeAsync(HttpContext context) => _fault.Value is { } fault
        ? pipeline.StopAsync(context, guarded, fault)
        : pipeline.InvokeAsync(context, guarded, standIn ?? next);
}
