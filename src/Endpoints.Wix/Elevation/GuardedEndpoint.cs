using System.Globalization;
using Endpoints.Problems;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Shared.CallPatterns;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Elevation.Bodies;
using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Wix.Elevation;

/// <summary>
/// Represents the guards of one endpoint, created with the endpoint. As metadata, it proves that the guards are in place.
/// </summary>
internal sealed class GuardedEndpoint : IEndpointGuardMetadata, IElevateMetadata, IIdentifyingGuards, IEndpointApp
{
    public const Callers AllCallers = Callers.Visitor | Callers.Member | Callers.User | Callers.App | Callers.Service;

    private readonly CallPattern[]? _only;
    private readonly EndpointLimits[] _limits;
    private readonly IElevationRule _rule;
    private IList<object>? _metadata;

    /// <summary>Initializes a new instance of the <see cref="GuardedEndpoint"/> class from a rule.</summary>
    /// <exception cref="InvalidOperationException">A property is invalid. The message names the endpoint.</exception>
    /// <param name="name">The endpoint's name.</param>
    /// <param name="rule">The rule that applies.</param>
    /// <param name="body">The check of request bodies.</param>
    /// <param name="limits">The limits of the endpoint, one for each app that its requests may be for.</param>
    public GuardedEndpoint(string name, IElevationRule rule, ElevatedBody body, params EndpointLimits[] limits)
    {
        Name = name;
        _limits = limits;
        Body = body;
        _rule = rule;
        Callers = rule.Callers;
        Policy = rule.Policy;
        if (rule.Policy is { } policy && string.IsNullOrWhiteSpace(policy))
            throw Wrong("Policy is empty. Name an authorization policy, or leave it out.");
        if (rule.Only is { } only)
        {
            _only = Array.ConvertAll(
                only, text => CallPattern.TryParse(text ?? "", out var flaw)
                    ?? throw Wrong($"Only: {Refused(CallPattern.Refusal, text ?? "", flaw)}."));
        }

        if (rule.Check is { } check)
        {
            if (!typeof(IElevationCheck).IsAssignableFrom(check))
                throw Wrong($"the check {check.Name} is not an IElevationCheck. Implement the interface, or leave Check out.");
            Check = check;
        }

        InvalidOperationException Wrong(string what) => new($"[Elevate] on {name}: {what}");

        static string Refused(string message, string text, string flaw) => string.Format(CultureInfo.InvariantCulture, message, text, flaw);
    }

    /// <summary>Gets the endpoint's name, for messages and the audit log.</summary>
    public string Name { get; }

    /// <summary>Gets or sets the grant that must be in the endpoint's filter pipeline; <see langword="null"/> if there is none.</summary>
    public EndpointGrant? Grant { get; set; }

    /// <summary>Gets or sets a value that indicates whether the grant is among the filters of an action or a page instead.</summary>
    public bool IsAction { get; set; }

    /// <summary>Gets the pipeline that runs the guards.</summary>
    public required ElevationPipeline Pipeline { get; init; }

    /// <summary>Gets the template of the endpoint's route, or the endpoint's name if the template is unknown.</summary>
    public required string Template { get; init; }

    /// <summary>Gets the rule from which the guards were created.</summary>
    public IElevationRule Rule => _rule;

    public Callers Callers { get; }

    /// <inheritdoc/>
    public string? App => _rule.App;

    /// <summary>Gets the limits, in two stages. Where the host determines the app, they are alike for all apps.</summary>
    public EndpointLimits Limits => _limits[0];

    /// <summary>Gets the check of request bodies.</summary>
    public ElevatedBody Body { get; }

    /// <summary>
    /// Gets a value that indicates whether each request is a change, whatever its method: the endpoint returns a stream of events, or is a
    /// hub.
    /// </summary>
    public bool AlwaysActs { get; init; }

    public string? Policy { get; }

    /// <summary>Gets the type of the service that decides about the bound request; <see langword="null"/> if there is none.</summary>
    public Type? Check { get; }

    /// <summary>Gets the metadata of the endpoint, as conventions have left it.</summary>
    public EndpointMetadataCollection AllMetadata => new(_metadata ?? []);

    string? IElevateMetadata.RateLimit => _rule.RateLimit;

    // A copy: who reads it must not be able to change what an attribute says.
    IReadOnlyList<string>? IElevateMetadata.Only => field ??= _rule.Only is { } only ? Array.AsReadOnly([.. only]) : null;

    public IReadOnlyList<EndpointGuard> Describe()
    {
        List<EndpointGuard> guards = [new("Callers", Callers.ToString().ToLowerInvariant())];
        if (Policy is { } policy)
            guards.Add(new("Policy", policy));
        if ((Callers & Callers.Service) != 0)
        {
            guards.Add(new("Services", string.Join("; ",
                Pipeline.ServicesOf(this).DefaultIfEmpty("none that the configuration names"))));
        }

        if (Check is { } check)
            guards.Add(new("Check", check.Name));
        if (App is { } app)
            guards.Add(new("App", app));
        if (_rule.Only is { } only)
            guards.Add(new("Only", only.Length == 0 ? "no call" : string.Join(", ", only)));
        return guards;
    }

    /// <summary>Adds the metadata that the rest of the application needs.</summary>
    /// <exception cref="InvalidOperationException">
    /// <c>[RawBody]</c> is on an endpoint whose handler does not read the body itself.
    /// </exception>
    public void AddTo(IList<object> metadata)
    {
        if (!Body.IsReadByHandler && metadata.Any(static item => item is RawBodyAttribute))
        {
            throw new InvalidOperationException(
                $"[RawBody] on {Name}: its handler is given what the body is bound to, and not the bytes. Take HttpRequest, Stream or "
                + "PipeReader instead, or remove [RawBody].");
        }
        _metadata = metadata;
        metadata.Add(this);
        metadata.Add(Limits);
        metadata.Add(NeverStored.Instance);
        if (!metadata.Any(static item => item is IRequestSizeLimitMetadata))
            metadata.Add(BodyLimit.Instance);
    }

    /// <inheritdoc/>
    public async ValueTask<Problem?> CountAddressAsync(HttpContext context, RequestCaller request)
    {
        var elevation = RequestElevation.Of(request);
        if (elevation.IsCounted(this))
            return null;
        var problem = await Pipeline.CountAddressAsync(context, this, request).ConfigureAwait(false);
        if (problem is null)
            elevation.Count(this);
        return problem;
    }

    /// <summary>Returns the limits of an app's requests.</summary>
    public EndpointLimits LimitsOf(WixApp app) => _limits.Length == 1 ? _limits[0] : _limits[app.Index];

    /// <summary>Determines whether the handler may make a call as the app.</summary>
    public bool MayCall(string method, string path) => _only is null || Array.Exists(_only, pattern => pattern.Covers(method, path));
}
