namespace Endpoints.Wix;

/// <summary>Specifies which site properties to read.</summary>
public sealed class GetSitePropertiesOptions
{
    /// <summary>
    /// Gets the names of the properties, as Wix spells them, such as <c>businessName</c>. If it is <see langword="null"/> or empty, all
    /// properties are read.
    /// </summary>
    public IReadOnlyList<string>? Fields { get; init; }
}
