namespace Endpoints.Wix.Emulator;

/// <summary>An API key of an account. Printing it does not show its value.</summary>
public sealed class EmulatedApiKey
{
    internal EmulatedApiKey(string name, string value, string accountId, IReadOnlySet<string>? permissions)
    {
        Name = name;
        Value = value;
        AccountId = accountId;
        Permissions = permissions;
    }

    /// <summary>What the key is called; it stands for the key in the call log.</summary>
    public string Name { get; }

    /// <summary>The key itself, for the <c>Authorization</c> header as it stands.</summary>
    public string Value { get; }

    /// <summary>The account that the key belongs to.</summary>
    public string AccountId { get; }

    /// <summary>The ids of the permissions that the key has, such as <c>SITE_SETTINGS.VIEW</c>; null for all.</summary>
    public IReadOnlySet<string>? Permissions { get; }
}
