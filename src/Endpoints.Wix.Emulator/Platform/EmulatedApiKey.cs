namespace Endpoints.Wix.Emulator;

/// <summary>Represents an API key of an account. Printing the object does not show the key's value.</summary>
public sealed class EmulatedApiKey
{
    internal EmulatedApiKey(string name, string value, string accountId, IReadOnlySet<string>? permissions)
    {
        Name = name;
        Value = value;
        AccountId = accountId;
        Permissions = permissions;
    }

    /// <summary>Gets the name of the key, which represents the key in the call log.</summary>
    public string Name { get; }

    /// <summary>Gets the value of the key, to send unchanged in the <c>Authorization</c> header.</summary>
    public string Value { get; }

    /// <summary>Gets the identifier of the account that the key belongs to.</summary>
    public string AccountId { get; }

    /// <summary>
    /// Gets the identifiers of the permissions that the key has, such as <c>SITE_SETTINGS.VIEW</c>, or <see langword="null"/> for all
    /// permissions.
    /// </summary>
    public IReadOnlySet<string>? Permissions { get; }
}
