namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>A type of the application's that has an identity among its members.</summary>
public sealed record Carrier<T>(string? Id, T? Who);
