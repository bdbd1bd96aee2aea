namespace Endpoints.Wix.Api.Emitter.Facts;

/// <summary>A method of a service plugin.</summary>
/// <param name="Name">Its name in JavaScript.</param>
/// <param name="Path">Where Wix calls it, below the plugin's address.</param>
/// <param name="Request">The message that it gets.</param>
/// <param name="Response">The message that it answers.</param>
internal sealed record PluginMethod(string Name, string Path, string Request, string Response);
