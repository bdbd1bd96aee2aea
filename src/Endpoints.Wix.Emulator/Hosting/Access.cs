namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>Specifies who may call an operation.</summary>
internal enum Access
{
    /// <summary>Everyone, without authentication.</summary>
    Open,

    /// <summary>Every identity, including visitors.</summary>
    Any,

    /// <summary>Apps, Wix users and API keys, and the member who owns the data. The operation checks the owner.</summary>
    Member,

    /// <summary>Apps, Wix users and API keys.</summary>
    Restricted,

    /// <summary>API keys, for their account.</summary>
    Account,
}
