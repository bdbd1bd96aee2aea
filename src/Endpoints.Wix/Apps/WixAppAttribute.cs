using Endpoints.Wix.Apps;

namespace Endpoints.Wix;

/// <summary>Specifies which of the application's Wix apps an endpoint belongs to.</summary>
/// <remarks>
/// <para>
/// It applies to endpoint files, controllers, actions, page models and the handlers of minimal APIs. For a group, add it as metadata:
/// <c>group.WithMetadata(new WixAppAttribute("shop"))</c>. An elevated endpoint names its app in <see cref="ElevateAttribute.App"/>.
/// </para>
/// <para>The application doesn't start if it has no app of that name.</para>
/// </remarks>
/// <param name="name">The name of the app, from <c>AddWix(name, ...)</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WixAppAttribute(string name) : Attribute, IEndpointApp
{
    /// <summary>Gets the name of the app.</summary>
    public string Name { get; } = name;

    string? IEndpointApp.App => Name;
}
