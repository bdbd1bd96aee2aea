using Endpoints.Wix.Webhooks;

namespace Endpoints.Wix;

/// <summary>Represents the identity that caused an event or a service plugin call.</summary>
public sealed class WixEventIdentity
{
    private WixEventIdentity(WixEventIdentityKind kind, string? id) => (Kind, Id) = (kind, id);

    /// <summary>Gets the kind of the identity.</summary>
    public WixEventIdentityKind Kind { get; }

    /// <summary>Gets the identifier of the visitor, the member, the Wix user or the app; <see langword="null"/> if it is unknown.</summary>
    public string? Id { get; }

    internal static WixEventIdentity Unknown { get; } = new(WixEventIdentityKind.Unknown, null);

    /// <summary>Returns the kind and the identifier.</summary>
    public override string ToString() => Id is null ? $"{Kind}" : $"{Kind} {Id}";

    /// <exception cref="FormatException">It is malformed.</exception>
    internal static WixEventIdentity Read(WireObject json) => json.Text("identityType") switch
    {
        "ANONYMOUS_VISITOR" => new(WixEventIdentityKind.Visitor, json.Id("anonymousVisitorId")),
        "MEMBER" => new(WixEventIdentityKind.Member, json.Id("memberId")),
        "WIX_USER" => new(WixEventIdentityKind.User, json.Id("wixUserId")),
        "APP" => new(WixEventIdentityKind.App, json.Id("appId")),
        _ => Unknown,
    };
}
