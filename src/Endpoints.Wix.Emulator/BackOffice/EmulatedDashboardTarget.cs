namespace Endpoints.Wix.Emulator;

/// <summary>Represents an endpoint that the emulated back office calls.</summary>
/// <param name="Name">The name of the endpoint on the dashboard page.</param>
/// <param name="Url">The address of the endpoint.</param>
/// <param name="Method">The HTTP method, such as <c>GET</c>.</param>
public sealed record EmulatedDashboardTarget(string Name, Uri Url, string Method);
