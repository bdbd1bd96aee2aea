using Endpoints.Wix.Emulator.BackOffice;
using Endpoints.Wix.Emulator.Calls;
using Endpoints.Wix.Emulator.Faults;
using Endpoints.Wix.Emulator.Flows;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Tokens;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator;

/// <summary>
/// A Wix platform in one process, for development and tests: an HTTP server on 127.0.0.1 that speaks what Wix's API host speaks,
/// and the means to set it up, to look at what reached it and to make it fail.
/// </summary>
/// <remarks>
/// Everything here may be used from any thread. Two emulators share nothing. It guards nothing real: it is for loopback, and for
/// credentials that it made up itself.
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

    /// <summary>Where the API is: what <c>https://www.wixapis.com</c> and <c>https://edge.wixapis.com</c> are to a real app.</summary>
    public Uri Address => _api!.Address; // set before anyone gets hold of this object

    /// <summary>Where the back office is: another origin than <see cref="Address"/>.</summary>
    public Uri BackOfficeAddress => BackOffice.Origin;

    /// <summary>The back office, whose dashboard page calls your endpoints as a Wix user.</summary>
    public EmulatedBackOffice BackOffice { get; }

    /// <summary>The account that owns the sites added without another.</summary>
    public string AccountId { get; }

    /// <summary>The first site.</summary>
    public EmulatedSite Site { get; }

    /// <summary>The first app: that of the first site's headless project, installed on it, with every permission.</summary>
    public EmulatedApp App { get; }

    /// <summary>The id of <see cref="App"/>'s instance on <see cref="Site"/>.</summary>
    public string InstanceId => App.InstanceIdOn(Site);

    /// <summary>The first API key: of the account <see cref="AccountId"/>, with every permission.</summary>
    public EmulatedApiKey ApiKey { get; }

    /// <summary>All sites.</summary>
    public IReadOnlyCollection<EmulatedSite> Sites => _directory.Sites;

    /// <summary>All apps.</summary>
    public IReadOnlyCollection<EmulatedApp> Apps => _directory.Apps;

    /// <summary>Every route that the emulator has, such as <c>POST /oauth2/token</c>.</summary>
    public IReadOnlyList<string> Routes { get; private set; } = [];

    /// <summary>Starts a platform with one site, one app and one API key.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WixEmulator> StartAsync(Action<WixEmulatorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new WixEmulatorOptions();
        configure?.Invoke(options);
        options.Validate();

        var emulator = new WixEmulator(options);
        await emulator.StartHostsAsync(cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>Adds a site, with the same kinds of data as the first one has.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="siteId">Its id; made up by default.</param>
    /// <param name="accountId">The account that owns it; <see cref="AccountId"/> by default.</param>
    /// <exception cref="ArgumentException">There is a site with this id.</exception>
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

    /// <summary>Adds an app, and installs it on its project's site if it has one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="projectSite">The site whose headless project it belongs to; none by default.</param>
    /// <param name="permissions">The permissions that it has; all by default.</param>
    /// <param name="clientId">Its client id; made up by default.</param>
    /// <param name="clientSecret">Its secret; made up by default.</param>
    /// <param name="privateKey">The RSA key, as PEM, that events for it are signed with; made up by default.</param>
    /// <exception cref="ArgumentException">There is an app with this client id.</exception>
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
        if (projectSite is not null)
            app.InstallOn(projectSite);
        return app;
    }

    /// <summary>Adds an API key.</summary>
    /// <param name="name">What it is called; no other key may have the name.</param>
    /// <param name="permissions">The permissions that it has; all by default.</param>
    /// <param name="accountId">The account it belongs to; <see cref="AccountId"/> by default.</param>
    /// <param name="value">The key itself; made up by default.</param>
    /// <exception cref="ArgumentException">There is a key with this name or value.</exception>
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

    /// <summary>Stops the servers. Calls that hang are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        _faults.Clear();
        if (_backOfficeHost is not null)
            await _backOfficeHost.DisposeAsync().ConfigureAwait(false);
        if (_api is not null)
            await _api.DisposeAsync().ConfigureAwait(false);
        _outgoing.Dispose();
    }

    private async Task StartHostsAsync(CancellationToken ct)
    {
        var operations = Operations.All(_options, _directory, _tokens, _logins, _members);
        Routes = [.. operations.Select(static operation => operation.Route)];
        var pipeline = new ApiPipeline(new(_directory, _tokens), new(_directory), _directory, _log, _faults, _options);
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
