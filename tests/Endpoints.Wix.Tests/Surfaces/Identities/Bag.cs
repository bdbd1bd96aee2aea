namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>The same with settable members, as forms are bound to.</summary>
public sealed class Bag<T>
{
    public string? Id { get; set; }

    public T? Who { get; set; }
}
