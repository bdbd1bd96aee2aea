namespace Endpoints.Wix;

/// <summary>Represents a Wix app that is being configured. Extension methods add parts to it or replace them.</summary>
/// <remarks>
/// <c>AddWix</c> returns this builder. A package that adds a part provides an extension method that registers its services in
/// <see cref="IEndpointsBuilder.Services"/>.
/// </remarks>
public interface IWixBuilder : IEndpointsBuilder
{
    /// <summary>Gets the name of the app, which is also the name of its <see cref="WixOptions"/>.</summary>
    /// <value>The empty string for the app that <c>AddWix</c> sets up without a name.</value>
    string Name { get; }
}
