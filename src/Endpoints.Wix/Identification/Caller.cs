using System.Reflection;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Wix;

/// <summary>Who is calling, as Wix confirmed it. Take it as a handler's parameter, or read <see cref="HttpContext.User"/>.</summary>
/// <remarks>
/// Mirrors what <c>auth.getTokenInfo()</c> gives in Wix's JavaScript. Nothing in it is taken from the request: Wix's token-info says it.
/// As a parameter it may stand on any endpoint; a request with a token that Wix does not accept is answered 401 then, and 503 when Wix
/// can't be asked. Nobody else can make one: no binder, serializer or hub makes a caller of what a client sends. It can be written as JSON and not read.
/// </remarks>
public sealed class Caller : IBindableFromHttpContext<Caller>, IEndpointParameterMetadataProvider, IConsistencyOwner
{
    internal Caller(ServersWord byServer, Callers kind)
    {
        _ = byServer;
        Kind = kind;
    }

    internal Caller(ServersWord byServer, Callers kind, string id, string? siteId, string? instanceId, string clientId, DateTimeOffset expiresAt)
        : this(byServer, kind)
    {
        Id = id;
        SiteId = siteId;
        InstanceId = instanceId;
        ClientId = clientId;
        ExpiresAt = expiresAt;
    }

    [JsonConstructor]
    private Caller(string? id) => throw ServerMadeJson.NotRead();

    /// <summary>The kind of caller: exactly one of them.</summary>
    public Callers Kind { get; }

    /// <summary>The visitor's, member's, user's or app's id; null for a visitor who has no token yet.</summary>
    public string? Id { get; }

    /// <summary>The site that the caller's token is for; null when Wix does not say, and for a visitor who has no token yet.</summary>
    public string? SiteId { get; }

    /// <summary>The app's instance on the caller's site; null when Wix does not say, and for a visitor who has no token yet.</summary>
    public string? InstanceId { get; }

    /// <summary>The client id that the token was issued for, always this application's; null for a visitor who has no token yet.</summary>
    public string? ClientId { get; }

    /// <summary>When the caller's token expires; null for a visitor who has no token yet.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>What a caller is known by across requests; null for a visitor who has no token yet.</summary>
    internal CallerKey? Key => Id is null ? null : new(Kind, SiteId ?? InstanceId, Id);

    /// <summary>Whether it is the same caller, on the same site and instance, by whatever token.</summary>
    internal bool IsSameAs(Caller other) =>
        Kind == other.Kind && Id == other.Id && SiteId == other.SiteId && InstanceId == other.InstanceId && ClientId == other.ClientId;

    /// <summary>The caller as limits know it.</summary>
    internal RateLimitCaller ForLimits() => new(GuardTelemetry.Text(Kind), Id)
    {
        Member = Kind == Callers.Member ? Id : null,
        Instance = InstanceId,
        Site = SiteId,
        Tenant = SiteId ?? InstanceId,
        Client = ClientId,
    };

    string? IConsistencyOwner.Key => Key?.ToString();

    bool IConsistencyOwner.IsAnybody => Kind == Callers.Visitor;

    internal static Caller Anonymous { get; } = new(default, Callers.Visitor);

    /// <summary>Identifies the request's caller for a handler's parameter.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameter">The parameter.</param>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>, or the context is another request's than the one that is going on here.</exception>
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
        return request.Identified is { Caller: { } known } ? new(known) : WaitAsync(request, context.RequestAborted);

        static async ValueTask<Caller?> WaitAsync(RequestCaller request, CancellationToken ct)
        {
            var identity = await request.IdentifyAsync(ct).ConfigureAwait(false);
            return identity.Demand();
        }
    }

    /// <summary>Marks the endpoint as one that wants to know its caller.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="builder">The endpoint.</param>
    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(CallerWanted.Instance);
    }

    /// <summary>The caller as ASP.NET Core's authorization sees it. A visitor is known but not authenticated.</summary>
    internal ClaimsPrincipal ToPrincipal()
    {
        // Without an authentication type an identity counts as anonymous, so that a plain [Authorize] does not let visitors in.
        var identity = new ClaimsIdentity(Kind == Callers.Visitor ? null : WixDefaults.AuthenticationScheme, ClaimTypes.NameIdentifier, ClaimTypes.Role);
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
        _ => nameof(Callers.App),
    };

    // A claim that does not belong to the identity yet would be copied.
    private static void Add(ClaimsIdentity identity, string type, string? value)
    {
        if (value is not null)
            identity.AddClaim(new(type, value, ClaimValueTypes.String, ClaimsIdentity.DefaultIssuer, ClaimsIdentity.DefaultIssuer, identity));
    }
}
