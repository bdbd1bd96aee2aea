using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation.Running;

/// <summary>The guards around an endpoint's request delegate.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="guarded">What guards the endpoint.</param>
/// <param name="next">What is guarded.</param>
/// <param name="standIn">What runs in its place, where the guards alone are tested.</param>
internal sealed class GuardStep(ElevationPipeline pipeline, GuardedEndpoint guarded, RequestDelegate next, RequestDelegate? standIn)
{
    // Not at once: an endpoint file's handler is made after its guards.
    private readonly Lazy<string?> _fault = new(() => GuardProof.FaultBehind(guarded, next));

    public GuardedEndpoint Guarded => guarded;

    /// <summary>Why the check can't be asked behind these guards, or the grant is not what it should be; null for no reason.</summary>
    public string? Fault => _fault.Value;

    public Task InvokeAsync(HttpContext context) => _fault.Value is { } fault
        ? pipeline.StopAsync(context, guarded, fault)
        : pipeline.InvokeAsync(context, guarded, standIn ?? next);
}
