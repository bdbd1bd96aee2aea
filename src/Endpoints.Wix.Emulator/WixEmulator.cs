using Endpoints.Wix.Emulator.BackOffice;
using Endpoints.Wix.Emulator.Calls;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Faults;
using Endpoints.Wix.Emulator.Flows;
using Endpoints.Wix.Emulator.Generic;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Tokens;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator;

/// <summary>
/// Represents a Wix platform in the current process, for development and tests: an HTTP server on 127.0.0.1 that implements Wix's API host,
/// with members to set it up, inspect the calls that reached it and make it fail.
/// </summary>
/// <remarks>
/// All members are safe for concurrent use. Two emulators share nothing. The emulator protects nothing real: it is meant for loopback, and
/// for credentials that it generated itself.
/// </remarks>
public sealed partial class WixEmulator : IAsyncDisposable
{
    private readonly WixEmulatorOptions _options;
    private readonly SecretSource _secrets;
    private readonly PlatformDirectory _directory = new();
    private readonly TokenIssuer _tokens;
    private readonly CallLog _log;
    private readonly FaultTable _faults = new();
    private readonly LoginState _logins;
    private readonly MemberDirectory _members;
    private Lazy<GenericOperations> _generic = null!; // set before anyone gets hold of this object
    private LoopbackHost? _api;
    private LoopbackHost? _backOfficeHost;

    private WixEmulator(WixEmulatorOptions options)
    {
        _options = options;
        _secrets = new(options.Seed);
        _tokens = new(new TokenCodec(_secrets), options);
        _log = new(options.CallLogCapacity);
        _logins = new(options.TimeProvider);
        _members = new(_secrets, options.TimeProvider);
        _postman = new(options.TimeProvider);
        _webhooks = new(options.TimeProvider, _postman, options.CallLogCapacity);
        _plugins = new(_postman, options.TimeProvider);

        AccountId = options.AccountId ?? _secrets.Guid("account");
        Site = AddSite(options.SiteName, options.SiteId);
        App = AddApp("Harbour App", Site, clientId: options.ClientId, clientSecret: options.ClientSecret, privateKey: options.PrivateKey);
        if (options.InstanceId is not null)
        {
            App.RemoveFrom(Site);
            App.InstallOn(Site, options.InstanceId);
        }

        ApiKey = AddApiKey("Admin", value: options.ApiKey);
        BackOffice = new(options.BackOfficeTitle, _secrets.Guid("Wix user"));
    }

    /// <summary>Gets the address of the API. It replaces <c>https://www.wixapis.com</c> and <c>https://edge.wixapis.com</c>.</summary>
    public Uri Address => _api!.Address; // set before anyone gets hold of this object

    /// <summary>Gets the address of the back office, whose origin differs from that of <see cref="Address"/>.</summary>
    public Uri BackOfficeAddress => BackOffice.Origin;

    /// <summary>Gets the back office, whose dashboard page calls your endpoints as a Wix user.</summary>
    public EmulatedBackOffice BackOffice { get; }

    /// <summary>Gets the identifier of the account that owns the sites that were added without another account.</summary>
    public string AccountId { get; }

    /// <summary>Gets the first site.</summary>
    public EmulatedSite Site { get; }

    /// <summary>
    /// Gets the first app. It belongs to the headless project of the first site, is installed on that site and has every permission.
    /// </summary>
    public EmulatedApp App { get; }

    /// <summary>Gets the identifier of the instance of <see cref="App"/> on <see cref="Site"/>.</summary>
    public string InstanceId => App.InstanceIdOn(Site);

    /// <summary>Gets the first API key. It belongs to the account <see cref="AccountId"/> and has every permission.</summary>
    public EmulatedApiKey ApiKey { get; }

    /// <summary>Gets all sites.</summary>
    public IReadOnlyCollection<EmulatedSite> Sites => _directory.Sites;

    /// <summary>Gets all apps.</summary>
    public IReadOnlyCollection<EmulatedApp> Apps => _directory.Apps;

    /// <summary>Gets every route of the emulator that has a behavior of its own, such as <c>POST /oauth2/token</c>.</summary>
    public IReadOnlyList<string> Routes { get; private set; } = [];

    /// <summary>
    /// Gets the routes that create, read, change and delete the entities of services as Wix's packages describe them, such as
    /// <c>POST /stores/v3/brands</c>.
    /// </summary>
    public IReadOnlyList<string> GenericRoutes =>
        [.. _generic.Value.Facts.Where(static fact => fact.Kind is not OperationKind.Example).Select(static fact => fact.Route)];

    /// <summary>
    /// Gets the routes that check a request as Wix's packages describe it, change nothing and return an example, such as
    /// <c>POST /seo/suggestions/v1/tag-suggestions</c>.
    /// </summary>
    public IReadOnlyList<string> ExampleRoutes =>
        [.. _generic.Value.Facts.Where(static fact => fact.Kind is OperationKind.Example).Select(static fact => fact.Route)];

    /// <summary>Starts a platform with one site, one app and one API key.</summary>
    /// <param name="configure">The action that changes the options.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the emulator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<WixEmulator> StartAsync(Action<WixEmulatorOptions>? configure = null,
        CancellationToken cancellationToken = default)
    {
        var options = new WixEmulatorOptions();
        configure?.Invoke(options);
        options.Validate();

        var emulator = new WixEmulator(options);
        await emulator.StartHostsAsync(cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>Adds a site, with the same kinds of data as the first site.</summary>
    /// <param name="name">The name of the site.</param>
    /// <param name="siteId">The identifier of the site. Generated by default.</param>
    /// <param name="accountId">The account that owns the site. The default is <see cref="AccountId"/>.</param>
    /// <returns>The site.</returns>
    /// <exception cref="ArgumentException">A site with this identifier already exists.</exception>
    public EmulatedSite AddSite(string name, string? siteId = null, string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var site = new EmulatedSite(
            siteId ?? _secrets.Guid($"site {name}"),
            accountId ?? AccountId,
            name,
            new SiteData(SeedData.Properties(name)),
            _members,
            _options.TimeProvider);
        _directory.Add(site);
        if (!_options.EmptySites)
            SeedData.Fill(site, _secrets);
        return site;
    }

    /// <summary>Adds an app, and installs it on the site of its project if it has one.</summary>
    /// <param name="name">The name of the app.</param>
    /// <param name="projectSite">The site whose headless project the app belongs to. None by default.</param>
    /// <param name="permissions">The permissions that the app has. All by default.</param>
    /// <param name="clientId">The client identifier of the app. Generated by default.</param>
    /// <param name="clientSecret">The secret of the app. Generated by default.</param>
    /// <param name="privateKey">The RSA key, in PEM format, that signs events for the app. Generated by default.</param>
    /// <returns>The app.</returns>
    /// <exception cref="ArgumentException">An app with this client identifier already exists.</exception>
    public EmulatedApp AddApp(
        string name,
        EmulatedSite? projectSite = null,
        IEnumerable<string>? permissions = null,
        string? clientId = null,
        string? clientSecret = null,
        string? privateKey = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var app = new EmulatedApp(
            name,
            clientId ?? _secrets.Guid($"app {name}"),
            clientSecret ?? _secrets.Text($"secret of {name}", 32),
            projectSite,
            privateKey,
            permissions?.ToHashSet(StringComparer.OrdinalIgnoreCase),
            _options.AllowLoopbackRedirects,
            (of, on) => _secrets.Guid($"instance of {of.ClientId} on {on.Id}"));
        _directory.Add(app);
        app.InstallationChanged = (site, instanceId, isInstalled) => RaiseInstallation(app, site, instanceId, isInstalled);
        if (projectSite is not null)
            app.InstallOn(projectSite);
        return app;
    }

    /// <summary>Adds an API key.</summary>
    /// <param name="name">The name of the key, which must be unique.</param>
    /// <param name="permissions">The permissions that the key has. All by default.</param>
    /// <param name="accountId">The account that the key belongs to. The default is <see cref="AccountId"/>.</param>
    /// <param name="value">The value of the key. Generated by default.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">A key with this name or value already exists.</exception>
    public EmulatedApiKey AddApiKey(string name, IEnumerable<string>? permissions = null, string? accountId = null, string? value = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var key = new EmulatedApiKey(
            name,
            value ?? $"IST.{_secrets.Text($"API key {name}", 64)}",
            accountId ?? AccountId,
            permissions?.ToHashSet(StringComparer.OrdinalIgnoreCase));
        _directory.Add(key);
        return key;
    }

    /// <summary>Stops the servers. Hanging calls are aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        _faults.Clear();
        if (_backOfficeHost is not null)
            await _backOfficeHost.DisposeAsync().ConfigureAwait(false);
        if (_api is not null)
            await _api.DisposeAsync().ConfigureAwait(false);
        _webhooks.Dispose();
        _postman.Dispose();
    }

    private async Task StartHostsAsync(CancellationToken ct)
    {
        var operations = Operations.All(_options, _directory, _tokens, _logins, _members, _plugins, App);
        Routes = [.. operations.Select(static operation => operation.Route)];
        _generic = new(() => new(Routes, _options.TimeProvider));
        var pipeline = new ApiPipeline(new(_directory, _tokens), new(_directory), _directory, _log, _faults, _options,
            (method, path) => _generic.Value.Find(method, path), Raise);
        try
        {
            _api = await LoopbackHost.StartAsync(_options.Port, web => pipeline.Map(web, operations), ct).ConfigureAwait(false);
            var backOffice = new BackOfficeHost(BackOffice, _directory, _tokens, App);
            _backOfficeHost = await backOffice.StartAsync(_options.BackOfficePort, ct).ConfigureAwait(false);
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
