namespace Endpoints.Wix.Emulator;

/// <summary>Represents an endpoint that the emulated back office calls.</summary>
/// <param name="Name">The name of the endpoint on the dashboard page.</param>
/// <param name="Url">The address of the endpoint.</param>
/// <param name="Method">The HTTP method, such as <c>GET</c>.</param>
/// <param name="Body">The JSON that the page proposes to send; null for no body.</param>
public sealed record EmulatedDashboardTarget(string Name, Uri Url, string Method, string? Body = null);
