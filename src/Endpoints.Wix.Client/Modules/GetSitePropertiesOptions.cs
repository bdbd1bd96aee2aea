namespace Endpoints.Wix;

/// <summary>Which site properties are read.</summary>
public sealed class GetSitePropertiesOptions
{
    /// <summary>The names of the properties, as Wix spells them (<c>businessName</c>); all when it is null or empty.</summary>
    public IReadOnlyList<string>? Fields { get; init; }
}
