using System.Reflection;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Identification;
using Endpoints.Wix.ServiceCallers;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Wix;

/// <summary>Represents the caller, as Wix confirmed it. Take it as a handler's parameter, or read <see cref="HttpContext.User"/>.</summary>
/// <remarks>
/// Mirrors the result of <c>auth.getTokenInfo()</c> in Wix's JavaScript. Its data comes from Wix's token-info and never from the request.
/// As a parameter it is allowed on any endpoint; a request with a token that Wix does not accept is then answered 401, and 503 if Wix can't
/// be asked. Nothing else can create a caller: no binder, serializer or hub creates one from what a client sends. It can be written as JSON
/// but not read.
/// </remarks>
public sealed class Caller : IBindableFromHttpContext<Caller>, IEndpointParameterMetadataProvider, IConsistencyOwner
{
    internal Caller(ServersWord byServer, Callers kind)
    {
        _ = byServer;
        Kind = kind;
    }

    internal Caller(ServersWord byServer, Callers kind, string id, string? siteId, string? instanceId, string clientId,
        DateTimeOffset expiresAt)
        : this(byServer, kind)
    {
        Id = id;
        SiteId = siteId;
        InstanceId = instanceId;
        ClientId = clientId;
        ExpiresAt = expiresAt;
    }

    internal Caller(ServersWord byServer, KnownService service)
        : this(byServer, Callers.Service)
    {
        Id = service.Name;
        InstanceId = service.InstanceId;
        ExpiresAt = service.ExpiresAt;
    }

    private Caller(ServersWord byServer, Callers kind, string? id, string? instanceId)
        : this(byServer, kind)
    {
        Id = id;
        InstanceId = instanceId;
    }

    [JsonConstructor]
    private Caller(string? id) => throw ServerMadeJson.NotRead();

    /// <summary>
    /// Gets the kind of caller. It is exactly one of the values, or zero in the handler of an event whose cause Wix does not name.
    /// </summary>
    public Callers Kind { get; }

    /// <summary>
    /// Gets the id of the visitor, member, user or app, or the name of the service; <see langword="null"/> for a visitor who has no token
    /// yet.
    /// </summary>
    public string? Id { get; }

    /// <summary>
    /// Gets the site that the caller's token is for; <see langword="null"/> if Wix does not specify one, for a service, and for a visitor
    /// who has no token yet.
    /// </summary>
    public string? SiteId { get; }

    /// <summary>
    /// Gets the app's instance on the caller's site; <see langword="null"/> if Wix does not specify one, and for a visitor who has no token
    /// yet.
    /// </summary>
    public string? InstanceId { get; }

    /// <summary>
    /// Gets the client id that the token was issued for, always this application's; <see langword="null"/> for a service, and for a visitor
    /// who has no token yet.
    /// </summary>
    public string? ClientId { get; }

    /// <summary>
    /// Gets the time at which the caller's token or key expires; <see langword="null"/> for a visitor who has no token yet, and for a key
    /// that doesn't expire.
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>
    /// Gets the key that identifies the caller across requests; <see langword="null"/> for a visitor who has no token yet.
    /// </summary>
    internal CallerKey? Key => Id is null ? null : new(Kind, SiteId ?? InstanceId, Id);

    /// <summary>Determines whether another caller is the same, on the same site and instance. Their tokens may differ.</summary>
    internal bool IsSameAs(Caller other) =>
        Kind == other.Kind && Id == other.Id && SiteId == other.SiteId && InstanceId == other.InstanceId && ClientId == other.ClientId;

    /// <summary>Returns the caller as rate limits identify it.</summary>
    /// <param name="app">
    /// The app that has identified the caller. What Wix calls by one id is counted apart for each app that is named.
    /// </param>
    internal RateLimitCaller ForLimits(AppName app)
    {
        return new(GuardTelemetry.Text(Kind), Id)
        {
            Member = Of(Kind == Callers.Member ? Id : null),
            Instance = Of(InstanceId),
            Site = Of(SiteId),
            Tenant = Of(SiteId ?? InstanceId ?? (app.IsDefault ? null : "")),
            Client = Of(ClientId),
        };

        string? Of(string? id) => id is null || app.IsDefault ? id : $"{app}:{id}";
    }

    string? IConsistencyOwner.Key => Key?.ToString();

    bool IConsistencyOwner.IsAnybody => Kind == Callers.Visitor;

    internal static Caller Anonymous { get; } = new(default, Callers.Visitor);

    /// <summary>Returns whom Wix has named as the cause of what it has signed.</summary>
    internal static Caller Behind(WixEventIdentity cause, string? instanceId) => new(
        default,
        cause.Kind switch
        {
            WixEventIdentityKind.Visitor => Callers.Visitor,
            WixEventIdentityKind.Member => Callers.Member,
            WixEventIdentityKind.User => Callers.User,
            WixEventIdentityKind.App => Callers.App,
            _ => default,
        },
        cause.Id,
        instanceId);

    /// <summary>Identifies the request's caller for a handler's parameter.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameter">The parameter.</param>
    /// <returns>A task that returns the caller.</returns>
    /// <exception cref="InvalidOperationException">
    /// The application has not called <c>AddWix</c>, or the context belongs to another request than the current one.
    /// </exception>
    /// <exception cref="WixApiException">Wix does not accept the caller's token.</exception>
    /// <exception cref="WixUnavailableException">Wix could not be asked.</exception>
    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OfAsync(context);
    }

    /// <inheritdoc cref="BindAsync"/>
    internal static ValueTask<Caller?> OfAsync(HttpContext context)
    {
        var request = RequestCaller.Of(context);
        RequestFlow.Demand(request);
        return request.Identified is { Caller: { } known, Service: null } ? new(known) : WaitAsync(context, request);

        static async ValueTask<Caller?> WaitAsync(HttpContext context, RequestCaller request)
        {
            var identity = await request.IdentifyAsync(context.RequestAborted).ConfigureAwait(false);
            return identity.MayCall(context) ? identity.Demand() : throw new OutOfScopeException();
        }
    }

    /// <summary>Marks the endpoint as one that requires its caller.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="builder">The endpoint.</param>
    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(CallerWanted.Instance);
    }

    /// <summary>Returns the caller as a principal for ASP.NET Core's authorization. A visitor is known but not authenticated.</summary>
    internal ClaimsPrincipal ToPrincipal()
    {
        // Without an authentication type an identity counts as anonymous, so that a plain [Authorize] does not let visitors in.
        var identity = new ClaimsIdentity(Kind == Callers.Visitor ? null : WixDefaults.AuthenticationScheme, ClaimTypes.NameIdentifier,
            ClaimTypes.Role);
        Add(identity, ClaimTypes.Role, Role(Kind));
        Add(identity, ClaimTypes.NameIdentifier, Id);
        Add(identity, WixDefaults.SiteIdClaim, SiteId);
        Add(identity, WixDefaults.InstanceIdClaim, InstanceId);
        Add(identity, WixDefaults.ClientIdClaim, ClientId);
        return new(identity);
    }

    private static string Role(Callers kind) => kind switch
    {
        Callers.Visitor => nameof(Callers.Visitor),
        Callers.Member => nameof(Callers.Member),
        Callers.User => nameof(Callers.User),
        Callers.Service => nameof(Callers.Service),
        _ => nameof(Callers.App),
    };

    // A claim that does not belong to the identity yet would be copied.
    private static void Add(ClaimsIdentity identity, string type, string? value)
    {
        if (value is not null)
            identity.AddClaim(
                new(type, value, ClaimValueTypes.String, ClaimsIdentity.DefaultIssuer, ClaimsIdentity.DefaultIssuer, identity));
    }
}
