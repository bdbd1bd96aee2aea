namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>A type that takes an identity where it is made, and says so in no member.</summary>
public sealed class Made<T>(string? id, T? who)
{
    internal T? Own => id is null ? default : who;
}
