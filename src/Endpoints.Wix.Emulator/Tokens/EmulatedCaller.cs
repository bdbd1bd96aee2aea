namespace Endpoints.Wix.Emulator;

/// <summary>Represents the identity that the emulator determined for the caller of a request.</summary>
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

    /// <summary>Gets the kind of identity.</summary>
    public EmulatedIdentityKind Kind { get; }

    /// <summary>Gets the identifier of the visitor, member, user or app. For an API key, this is the key's name, never its value.</summary>
    public string Id { get; }

    /// <summary>Gets the client identifier that the token was issued to, or <see langword="null"/> for an API key.</summary>
    public string? ClientId { get; }

    /// <summary>Gets the account that the call acts for.</summary>
    public string? AccountId { get; }

    /// <summary>Gets the site that the call acts for, or <see langword="null"/> if an API key acts for an account.</summary>
    public string? SiteId { get; }

    /// <summary>Gets the app instance that the call acts for, or <see langword="null"/> for an API key.</summary>
    public string? InstanceId { get; }

    /// <summary>Returns the kind and the identifier.</summary>
    public override string ToString() => $"{Kind} {Id}";
}
