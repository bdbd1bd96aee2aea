namespace Endpoints.Wix.Emulator;

/// <summary>Whom the emulator took the caller of a request for.</summary>
public sealed class EmulatedCaller
{
    internal EmulatedCaller(EmulatedIdentityKind kind, string id, string? clientId, string? accountId, string? siteId, string? instanceId)
    {
        Kind = kind;
        Id = id;
        ClientId = clientId;
        AccountId = accountId;
        SiteId = siteId;
        InstanceId = instanceId;
    }

    /// <summary>The kind of identity.</summary>
    public EmulatedIdentityKind Kind { get; }

    /// <summary>The id of the visitor, member, user or app; for an API key the key's name, never its value.</summary>
    public string Id { get; }

    /// <summary>The client id that the token was issued to; null for an API key.</summary>
    public string? ClientId { get; }

    /// <summary>The account that the call acts for.</summary>
    public string? AccountId { get; }

    /// <summary>The site that the call acts for; null when an API key acts for an account.</summary>
    public string? SiteId { get; }

    /// <summary>The app instance that the call acts for; null for an API key.</summary>
    public string? InstanceId { get; }

    /// <summary>Gives the kind and the id.</summary>
    public override string ToString() => $"{Kind} {Id}";
}
