using System.Net;
using Endpoints.CompilerServices;
using Endpoints.Shared.Lock;
using Endpoints.Wix;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Elevation.Locking;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Endpoints.Testing.Running;

/// <summary>Represents one run of the matrix.</summary>
internal sealed class MatrixRun
{
    private const string Unknown = "?";
    private const string Rewrite = "write it with 'dotnet build -p:WriteEndpointsLock=true'";

    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS"];
    private static readonly string[] Usual = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private readonly WixEmulator _wix;
    private readonly TestServer _server;
    private readonly IServiceProvider _services;
    private readonly Uri _origin;
    private readonly RoutePaths _paths;
    private readonly Credentials _credentials;
    private readonly WixApps _apps;
    private readonly List<GuardMatrixCell> _cells = [];
    private readonly List<string> _differences = [];

    private MatrixRun(WixEmulator wix, EmulatedApps emulated, TestServer server, IServiceProvider services, GuardMatrixOptions options)
    {
        (_wix, _server, _services) = (wix, server, services);
        _apps = services.GetRequiredService<WixApps>();
        _origin = options.Origin ?? _apps.First.Services.GetRequiredService<IOptions<WixOptions>>().Value.PublicOrigin
            ?? new("https://localhost");
        _paths = new(options.RouteValues, services.GetRequiredService<ParameterPolicyFactory>());
        _credentials = new(wix, emulated, services, services.GetRequiredService<MatrixKeys>(), options, _origin);
    }

    public static async Task<GuardMatrixReport> RunAsync<TEntryPoint>(GuardMatrixOptions options, CancellationToken ct)
        where TEntryPoint : class
    {
        var wix = await WixEmulator.StartAsync(static emulator => emulator.EmptySites = true, ct).ConfigureAwait(false);
        await using var started = wix.ConfigureAwait(false);
        var emulated = new EmulatedApps(wix);
        var application = new ApplicationUnderTest<TEntryPoint>(wix, emulated, options);
        await using var running = application.ConfigureAwait(false);
        var run = new MatrixRun(wix, emulated, application.Server, application.Services, options);
        await run.RunAsync(options, ct).ConfigureAwait(false);
        return new(run._cells, run._differences);
    }

    private async Task RunAsync(GuardMatrixOptions options, CancellationToken ct)
    {
        var endpoints = _services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var routes = GuardedRoute.Of(endpoints).OrderBy(static route => route.Route, StringComparer.Ordinal)
            .ThenBy(static route => route.Method, StringComparer.Ordinal).ToList();
        var locked = Load(options, routes);
        var entries = LockPairs.Of(routes, locked);
        for (var i = 0; i < routes.Count; i++)
        {
            if (entries[i] is not { } entry)
            {
                _differences.Add(
                    $"{routes[i].Name} is elevated for {string.Join(", ", GuardedRoute.KindsOf(routes[i].Guards.Callers))} and not in "
                    + "the lock");
                continue;
            }

            _differences.AddRange(routes[i].Differences(entry).Select(difference => $"{routes[i].Name}: {difference}"));
            foreach (var method in MethodsToTry(routes[i]))
                await TryAllAsync(routes[i], entry, method, ct).ConfigureAwait(false);
        }

        foreach (var entry in locked.Where(entry => entry.Code is null && !entries.Contains(entry)))
        {
            var isThere =
                endpoints.Any(
                    endpoint => string.Equals(GuardedRoute.RouteOf(endpoint).Trim('/'), entry.Route.Trim('/'),
                        StringComparison.OrdinalIgnoreCase)
                && GuardedRoute.MethodsOf(endpoint).Contains(entry.Method));
            _differences.Add(
                $"{entry.Name} is in the lock, and the application {(isThere ? "has it without [Elevate]" : "has no such endpoint")}");
        }
    }

    private List<LockedEndpoint> Load(GuardMatrixOptions options, List<GuardedRoute> routes)
    {
        var root = _services.GetRequiredService<IWebHostEnvironment>().ContentRootPath;
        var files = options.LockFiles.DefaultIfEmpty("endpoints.lock.json").Select(file => Path.Combine(root, file)).ToList();
        var entries = new List<LockedEndpoint>();
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                if (routes.Count == 0 && options.LockFiles.Count == 0)
                    continue; // nothing is elevated, and nothing was meant to be
                throw new InvalidOperationException($"There is no guard lock '{file}': {Rewrite}, or name it in LockFiles.");
            }

            var text = File.ReadAllText(file);
            // The file beside the application, and one that was named: what is tested is what the code was held against.
            if (options.LockFiles.Count == 0
                && LockedStart.LocksOf(_services.GetRequiredService<IHostEnvironment>(), routes) is [var built, ..] && built.Text != text)
                throw new InvalidOperationException($"The application was built with another guard lock than '{file}' is. Rebuild it.");
            var read = LockFile.TryRead(text, out var flaw)
                ?? throw new InvalidOperationException($"The guard lock '{file}' {flaw}: {Rewrite}.");
            // Nobody but Wix can call an event handler or a plugin, whoever the caller is.
            entries.AddRange(read.Select(static entry => entry.Endpoint).Where(static entry => entry.IsElevated && !entry.IsSigned));
        }

        return entries;
    }

    /// <summary>
    /// Returns the methods to try. For an endpoint that accepts all methods, these are one that changes nothing and one that changes
    /// something.
    /// </summary>
    private static IEnumerable<string> MethodsToTry(GuardedRoute route)
    {
        if (route.Method != FileRouteMethod.All)
            return [route.Method];
        var others = route.Endpoint.Metadata.GetMetadata<FileRoute>()?.Methods.Select(static method => method.HttpMethod) ?? [];
        string[] free = [.. Usual.Except(others)];
        return free.Take(free is ["GET", ..] ? 2 : 1);
    }

    private async Task TryAllAsync(GuardedRoute route, LockedEndpoint entry, string method, CancellationToken ct)
    {
        var name = route.Method == method ? route.Name : $"{route.Name} ({method})";
        // The lock does not know: then the guards must do what they say.
        var letIn = entry.Callers.Contains(Unknown) ? GuardedRoute.KindsOf(route.Guards.Callers).ToList() : [.. entry.Callers];
        Answer first = default;
        string? path = null;
        foreach (var candidate in _paths.For(route.Endpoint.RoutePattern))
        {
            var found = await SendAsync(route, method, candidate, GuardMatrixCaller.Nobody, ct).ConfigureAwait(false);
            if (path is null || route.IsSame(found.Visit.Chosen))
                (first, path) = (found, candidate);
            if (route.IsSame(found.Visit.Chosen))
                break;
        }

        if (path is null || !route.IsSame(first.Visit.Chosen))
        {
            var reached = first.Visit.Chosen?.DisplayName ?? $"no endpoint ({first.Failure?.Message ?? $"{(int?)first.Status}"})";
            var what = $"a request for {path} reached {reached}. "
                + "Set RouteValues to values that lead to this one.";
            _cells.Add(new(name, GuardMatrixCaller.Nobody, letIn.Contains(nameof(Callers.Visitor)), GuardMatrixOutcome.Unknown,
                (int?)first.Status, what));
            _differences.Add($"{name}: {what}");
            return;
        }

        foreach (var caller in Enum.GetValues<GuardMatrixCaller>())
        {
            if (caller == GuardMatrixCaller.MemberSessionElsewhere && Safe.Contains(method))
                continue;
            var isLetIn = caller is not (GuardMatrixCaller.MemberSessionElsewhere or GuardMatrixCaller.ServiceElsewhere)
                && letIn.Contains(Credentials.KindOf(caller).ToString());
            var answer = await SendAsync(route, method, path, caller, ct).ConfigureAwait(false);
            var cell = Judge(route, entry, name, caller, isLetIn, answer);
            _cells.Add(cell);
            if (cell.Difference is { } difference)
                _differences.Add($"{name}: {difference}");
        }
    }

    private static GuardMatrixCell Judge(
        GuardedRoute route, LockedEndpoint entry, string name, GuardMatrixCaller caller, bool isLetIn, Answer answer)
    {
        var isRefused = answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            || (answer.Status is HttpStatusCode.Found && route.IsAuthorized); // a scheme of the application's own asks for a login
        var (outcome, difference) = answer switch
        {
            { Failure: { } failure } =>
                (GuardMatrixOutcome.Unknown,
                    $"a request of {caller} made the application throw {failure.GetType().Name}: {failure.Message}"),
            { ElevatedCalls: > 0 } => (GuardMatrixOutcome.Unknown, $"a request of {caller} made an elevated call"),
            _ when !route.IsSame(answer.Visit.Chosen) =>
                (GuardMatrixOutcome.Unknown,
                    $"a request of {caller} reached {answer.Visit.Chosen?.DisplayName ?? "no endpoint"} ({(int?)answer.Status})"),
            { Visit.Admitted: not null } =>
                (GuardMatrixOutcome.Admitted, isLetIn ? null : $"{caller} gets in; the lock lets in {string.Join(", ", entry.Callers)}"),
            _ when isRefused && !isLetIn => (GuardMatrixOutcome.Refused, null),
            _ when isRefused && (entry.Policies.Count > 0 || route.IsAuthorized) => (GuardMatrixOutcome.RefusedByPolicy, null),
            _ when isRefused =>
                (GuardMatrixOutcome.Refused,
                    $"{caller} is refused ({(int?)answer.Status}); the lock lets in {string.Join(", ", entry.Callers)}"),
            { Status: HttpStatusCode.TooManyRequests } => (GuardMatrixOutcome.Unknown,
                $"a request of {caller} was over a limit of the application (429), so nothing is known of the guards. Lift it in "
                + "ConfigureServices or Settings."),
            _ => (GuardMatrixOutcome.Unknown, $"a request of {caller} was answered {(int?)answer.Status} and not by the guards"),
        };
        return new(name, caller, isLetIn, outcome, outcome == GuardMatrixOutcome.Admitted ? null : (int?)answer.Status, difference);
    }

    private async Task<Answer> SendAsync(GuardedRoute route, string method, string path, GuardMatrixCaller caller, CancellationToken ct)
    {
        var answer = await SendOnceAsync(route, method, path, caller, ct).ConfigureAwait(false);
        // The application's setting for trailing slashes.
        return answer.Location is { } moved && moved != path && moved.TrimEnd('/') == path.TrimEnd('/')
            ? await SendOnceAsync(route, method, moved, caller, ct).ConfigureAwait(false)
            : answer;
    }

    private async Task<Answer> SendOnceAsync(GuardedRoute route, string method, string path, GuardMatrixCaller caller, CancellationToken ct)
    {
        var visit = new Visit(route);
        using var request = new HttpRequestMessage(new(method), new Uri(_origin, path));
        if (route.Endpoint.Metadata.GetMetadata<IHostMetadata>() is { Hosts: [var host, ..] })
            request.Headers.Host = host.Replace("*.", "any.", StringComparison.Ordinal);
        var address = _credentials.Give(request, caller, AppOf(route, request));
        _wix.ClearCalls();
        using var handler = _server.CreateHandler(context =>
        {
            context.Connection.RemoteIpAddress = address;
            context.Features.Set(visit);
            context.Features.Set<IEndpointFeature>(visit);
        });
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        try
        {
            using var response = await client.SendAsync(request, ct).ConfigureAwait(false);
            var location = response.Headers.Location is { } moved ? new Uri(_origin, moved).AbsolutePath : null;
            return new(response.StatusCode, visit, ElevatedCalls(), location, Failure: null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return new(Status: null, visit, ElevatedCalls(), Location: null, e);
        }
    }

    /// <summary>Returns the app that a request is for, and sends it to one of the app's hosts if only a host has one.</summary>
    private WixApp AppOf(GuardedRoute route, HttpRequestMessage request)
    {
        if (route.Guards.App is { } name)
            return _apps.Find(name)!; // its guards were made for it
        if (_apps.Default is null)
        {
            var (app, host) = _apps.All.SelectMany(static app =>
                app.Services.GetRequiredService<IOptions<WixOptions>>().Value.Hosts.Select(host => (app, host))).First();
            request.Headers.Host = host.Replace("*.", "any.", StringComparison.Ordinal).Replace("*", "any", StringComparison.Ordinal);
            return app;
        }

        var context = new DefaultHttpContext();
        (context.Request.Scheme, context.Request.Host) =
            (_origin.Scheme, request.Headers.Host is { } sent ? new(sent) : HostString.FromUriComponent(_origin));
        return _apps.Of(context);
    }

    private int ElevatedCalls() => _wix.Calls.Count(static call =>
        call.Caller?.Kind == EmulatedIdentityKind.App && !call.Path.StartsWith("/oauth2/", StringComparison.Ordinal));

    private readonly record struct Answer(HttpStatusCode? Status, Visit Visit, int ElevatedCalls, string? Location, Exception? Failure);
}
