using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Apps;

/// <summary>Holds the application's apps, and determines which one a request is for.</summary>
/// <remarks>
/// The endpoint's own name comes first, then the host. Nothing else that a client sends has a say. The choice only determines which app
/// confirms the caller: no credential of one app is an identity at another.
/// </remarks>
internal sealed class WixApps
{
    private readonly FrozenDictionary<string, WixApp> _byName;
    private readonly WixApp? _only;
    private readonly HostTable _hosts;

    /// <exception cref="InvalidOperationException">The settings of two apps contradict each other.</exception>
    /// <exception cref="OptionsValidationException">The settings of an app are not valid.</exception>
    public WixApps(IServiceProvider services, IEnumerable<AppRegistration> registrations, IOptionsMonitor<WixOptions> options)
    {
        All = [.. registrations.OrderBy(static one => one.Name.Length > 0).Select((one, index) => new WixApp(one, index, services))];
        _byName = All.ToFrozenDictionary(static app => app.Name.Value, StringComparer.Ordinal);
        Default = _byName.GetValueOrDefault("");
        _only = All.Count == 1 ? Default : null;
        var settings = _only is null ? All.Select(app => (App: app, Options: options.Get(app.Name.Value))).ToList() : [];
        _hosts = new(settings.SelectMany(
            static one => one.Options.Hosts.Select(host => (HostPattern.TryParse(host)!, one.App)))); // they have been validated
        AppContradictions.Demand(settings);
    }

    /// <summary>Gets the apps, the one without a name first.</summary>
    public IReadOnlyList<WixApp> All { get; }

    /// <summary>Gets the app without a name; <see langword="null"/> if there is none.</summary>
    public WixApp? Default { get; }

    /// <summary>Gets the app whose settings apply to what the application has once.</summary>
    public WixApp First => All[0];

    /// <summary>Gets a value that indicates whether requests have to be told apart by their app.</summary>
    public bool AreSeveral => _only is null;

    /// <summary>
    /// Gets a value that indicates whether an endpoint that names no app may have one: by its host, or the one without a name.
    /// </summary>
    public bool HaveDefault => Default is not null || !_hosts.IsEmpty;

    /// <summary>Returns the app of a name; <see langword="null"/> if there is none. The empty string is no name.</summary>
    public WixApp? Find(string name) => name.Length == 0 ? null : _byName.GetValueOrDefault(name);

    /// <summary>Returns the app that a request is for.</summary>
    /// <exception cref="UnknownAppException">The request's host belongs to no app, and there is none without a name.</exception>
    /// <exception cref="InvalidOperationException">The endpoint names no app, and there is none without a name.</exception>
    public WixApp Of(HttpContext context) => Find(context) ?? throw Unknown(context.GetEndpoint());

    /// <summary>Returns the app that a request is for; <see langword="null"/> if it is for none.</summary>
    public WixApp? Find(HttpContext context)
    {
        if (_only is { } only)
            return only;
        return context.GetEndpoint()?.Metadata.GetMetadata<IEndpointApp>()?.App is { } name
            ? Find(name) : _hosts.Find(context.Request) ?? Default;
    }

    private InvalidOperationException Unknown(Endpoint? endpoint)
    {
        if (endpoint?.Metadata.GetMetadata<IEndpointApp>()?.App is { } name)
            return new InvalidOperationException($"{endpoint.DisplayName}: {Missing(name)}");
        return _hosts.IsEmpty
            ? new InvalidOperationException($"{endpoint?.DisplayName ?? "A request before routing"}: {Unnamed}")
            : new UnknownAppException();
    }

    /// <summary>Returns the message for an app that there isn't.</summary>
    public string Missing(string name) =>
        $"there is no Wix app '{name}'. Call builder.Services.AddWix(\"{name}\", ...) in Program.cs, or name one of those that there are: "
        + $"{string.Join(", ", All.Select(static app => app.Name.IsDefault ? "the one without a name" : $"'{app.Name}'"))}.";

    /// <summary>Gets the message for an endpoint that names no app, and can't have one.</summary>
    public string Unnamed =>
        "it names no Wix app, and the application has none without a name. Name one, as in [Elevate(..., App = "
        + $"\"{All[^1].Name}\")] or [WixApp(\"{All[^1].Name}\")], set Hosts of an app, or call "
        + "builder.Services.AddWix(builder.Configuration) in Program.cs.";
}
