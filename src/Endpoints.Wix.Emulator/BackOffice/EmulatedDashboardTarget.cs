namespace Endpoints.Wix.Emulator;

/// <summary>An endpoint that the emulated back office calls.</summary>
/// <param name="Name">What the dashboard page calls it.</param>
/// <param name="Url">Its address.</param>
/// <param name="Method">The HTTP method, such as <c>GET</c>.</param>
public sealed record EmulatedDashboardTarget(string Name, Uri Url, string Method);
