namespace Endpoints.Wix.Emulator;

/// <summary>Specifies how token-info answers for a token that can't be used. A client must handle both answers.</summary>
public enum UnusableTokenInfo
{
    /// <summary>Status 401 with an error in Wix's format.</summary>
    Refused,

    /// <summary>Status 200 with <c>active: false</c> and the known facts of the token.</summary>
    Inactive,
}
