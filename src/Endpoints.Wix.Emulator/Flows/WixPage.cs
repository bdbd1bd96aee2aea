namespace Endpoints.Wix.Emulator.Flows;

/// <summary>A visit to a page that Wix hosts: the logout, or one that the emulator only stands in for, such as the checkout.</summary>
internal sealed record WixPage(string Name, IReadOnlyList<(string Name, string Url)> Callbacks);
