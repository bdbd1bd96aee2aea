namespace Endpoints.Wix;

/// <summary>
/// Provides the settings of a scheduler or another service that calls with a key of its own, as a <see cref="Callers.Service"/>. Setting
/// <c>Wix:Services:{name}</c>.
/// </summary>
/// <remarks>All of them follow the configuration while the application runs.</remarks>
public sealed class WixServiceOptions
{
    /// <summary>Gets the keys of the service, at most two, so that one can replace the other while both are accepted.</summary>
    /// <value>Empty by default: nobody can call as the service.</value>
    public IList<WixServiceKeyOptions> Keys { get; } = [];

    /// <summary>Gets the endpoints that the service may call: routes such as <c>POST /jobs/*</c>, or names of endpoints.</summary>
    /// <remarks>
    /// An entry is compared with the route's template and never with the path of a request. <c>*</c> stands for one segment or parameter,
    /// at the end for all that follow, and as the method for any method. HEAD is included in GET.
    /// </remarks>
    /// <value>Empty by default: the service may call none.</value>
    public IList<string> Endpoints { get; } = [];

    /// <summary>
    /// Gets or sets the app's instance that elevation acts for when the service calls. The default is <see langword="null"/>:
    /// <see cref="WixClientOptions.InstanceId"/>, or the project's own site if that isn't set.
    /// </summary>
    public string? InstanceId { get; set; }
}
