namespace Endpoints.Wix.Apps;

/// <summary>Represents the key of a service that is keyed among an app's own.</summary>
internal sealed record AppKey(string App, object? Key);
