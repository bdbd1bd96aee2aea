namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>Who may call an operation.</summary>
internal enum Access
{
    /// <summary>Nobody needs to say who they are.</summary>
    Open,

    /// <summary>Every identity, visitors included.</summary>
    Any,

    /// <summary>Apps, Wix users and API keys, and the member whose own data it is about; the operation checks which.</summary>
    Member,

    /// <summary>Apps, Wix users and API keys.</summary>
    Restricted,

    /// <summary>API keys, for their account.</summary>
    Account,
}
