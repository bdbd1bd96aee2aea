namespace Endpoints.Wix;

/// <summary>Specifies with which credentials an audited call is made.</summary>
public enum WixAuditKind
{
    /// <summary>As the app, for the caller of an elevated endpoint.</summary>
    Elevated = 0,

    /// <summary>As the app, outside requests.</summary>
    App = 1,

    /// <summary>With the account's API key.</summary>
    ApiKey = 2,
}
