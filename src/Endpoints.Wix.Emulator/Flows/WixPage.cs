namespace Endpoints.Wix.Emulator.Flows;

/// <summary>
/// Represents a visit to a page that Wix hosts: the logout, or a page that the emulator only substitutes, such as the checkout.
/// </summary>
internal sealed record WixPage(string Name, IReadOnlyList<(string Name, string Url)> Callbacks);
