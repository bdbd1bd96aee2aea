namespace Endpoints.Wix.Emulator;

/// <summary>What token-info says about a token that can't be used. A client must cope with both.</summary>
public enum UnusableTokenInfo
{
    /// <summary>Status 401 with a Wix-shaped error.</summary>
    Refused,

    /// <summary>Status 200 with <c>active: false</c> and whatever is known of the token.</summary>
    Inactive,
}
