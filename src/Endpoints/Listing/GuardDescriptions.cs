using System.Globalization;
using Endpoints.RateLimiting.Enforcing;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Listing;

/// <summary>Describes an endpoint's guards and limits from ASP.NET Core's own metadata and from metadata that describes itself.</summary>
internal static class GuardDescriptions
{
    /// <summary>Returns the guards and limits of an endpoint.</summary>
    /// <param name="metadata">The endpoint's metadata.</param>
    /// <param name="status">What each of the endpoint's rate limits has left, in their order.</param>
    public static List<ListedGuard> Of(EndpointMetadataCollection metadata, IReadOnlyList<LimitStatus?> status)
    {
        var limits = metadata.GetMetadata<EndpointLimits>();
        var described = metadata.GetOrderedMetadata<IEndpointGuardMetadata>()
            .SelectMany(guard => guard.Describe()
                .Select((one, place) => new ListedGuard(one, ReferenceEquals(guard, limits) ? status[place] : null)));
        return
        [
            .. Before(metadata).Select(static guard => new ListedGuard(guard)),
            .. described,
            .. Limits(metadata).Select(static limit => new ListedGuard(new(limit.Name, limit.Value, IsLimit: true))),
        ];
    }

    private static List<EndpointGuard> Before(EndpointMetadataCollection metadata)
    {
        var guards = new List<EndpointGuard>();
        if (metadata.GetMetadata<IAllowAnonymous>() is not null)
            guards.Add(new("Authorization", "switched off: anonymous callers are let in"));
        guards.AddRange(metadata.GetOrderedMetadata<IAuthorizeData>().Select(Authorization));
        guards.AddRange(
            from policy in metadata.GetOrderedMetadata<AuthorizationPolicy>()
            from requirement in policy.Requirements
            select new EndpointGuard("Authorization", requirement.ToString() ?? ""));
        if (Cors(metadata.GetMetadata<ICorsMetadata>()) is { } cors)
            guards.Add(new("CORS", cors));
        if (metadata.GetMetadata<IHostMetadata>() is { Hosts.Count: > 0 } host)
            guards.Add(new("Host", string.Join(", ", host.Hosts)));
        if (metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true })
            guards.Add(new("Antiforgery", "token required"));
        return guards;
    }

    private static EndpointGuard Authorization(IAuthorizeData data)
    {
        var parts = new List<string>();
        if (!string.IsNullOrEmpty(data.Policy))
            parts.Add($"policy {data.Policy}");
        if (!string.IsNullOrEmpty(data.Roles))
            parts.Add($"one of the roles {data.Roles}");
        if (!string.IsNullOrEmpty(data.AuthenticationSchemes))
            parts.Add($"scheme {data.AuthenticationSchemes}");
        return new("Authorization", parts.Count == 0 ? "default policy" : string.Join("; ", parts));
    }

    private static string? Cors(ICorsMetadata? cors) => cors switch
    {
        null => null,
        IDisableCorsAttribute => "no other site",
        IEnableCorsAttribute { PolicyName: { Length: > 0 } name } => $"policy {name}",
        ICorsPolicyMetadata { Policy.AllowAnyOrigin: true } => "every site",
        ICorsPolicyMetadata { Policy: { } policy } => string.Join(", ", policy.Origins),
        _ => "default policy",
    };

    private static IEnumerable<(string Name, string Value)> Limits(EndpointMetadataCollection metadata)
    {
        if (metadata.GetMetadata<DisableRateLimitingAttribute>() is not null)
            yield return ("Rate", "switched off");
        else if (metadata.GetMetadata<EnableRateLimitingAttribute>() is { } rate)
            yield return ("Rate", rate.PolicyName is { } policy ? $"policy {policy}" : "a policy of its own");

        if (metadata.GetMetadata<DisableRequestTimeoutAttribute>() is not null)
            yield return ("Time", "switched off");
        else if (metadata.GetMetadata<RequestTimeoutAttribute>() is { } timeout)
            yield return ("Time", timeout.PolicyName is { } policy ? $"policy {policy}" : Seconds(timeout.Timeout));
        else if (metadata.GetMetadata<RequestTimeoutPolicy>() is { } own)
            yield return ("Time", Seconds(own.Timeout));

        if (metadata.GetMetadata<IRequestSizeLimitMetadata>() is { } size)
            yield return ("Body", size.MaxRequestBodySize is { } bytes
                ? $"{bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes" : "switched off");
        if (metadata.GetMetadata<IFormOptionsMetadata>() is { MultipartBodyLengthLimit: { } form })
            yield return ("Form", $"{form.ToString("N0", CultureInfo.InvariantCulture)} bytes");
    }

    private static string Seconds(TimeSpan? time) =>
        time is { } known ? $"{known.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s" : "switched off";
}
