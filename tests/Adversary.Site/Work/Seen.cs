using System.Security.Claims;
using Endpoints.Wix;

namespace Adversary.Site.Work;

/// <summary>Whom a handler takes its caller for, and where it read that.</summary>
internal sealed record Seen(string Source, string Kind, string? Id, string? Site, string? Instance)
{
    private static readonly string[] Kinds = Enum.GetNames<Callers>();

    public static Seen By(string source, Caller caller) => new(source, caller.Kind.ToString(), caller.Id, caller.SiteId, caller.InstanceId);

    /// <summary>The Wix callers among a principal's identities.</summary>
    public static IEnumerable<Seen> In(string source, ClaimsPrincipal user) => user.Identities
        .Select(identity => (identity, kind: identity.FindFirst(ClaimTypes.Role)?.Value))
        .Where(static found => Kinds.Contains(found.kind))
        .Select(found => new Seen(
            source,
            found.kind!,
            found.identity.FindFirst(ClaimTypes.NameIdentifier)?.Value,
            found.identity.FindFirst(WixDefaults.SiteIdClaim)?.Value,
            found.identity.FindFirst(WixDefaults.InstanceIdClaim)?.Value));
}
