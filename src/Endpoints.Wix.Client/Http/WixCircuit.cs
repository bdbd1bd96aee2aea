namespace Endpoints.Wix.Http;

/// <summary>Specifies the parts of Wix that may fail independently. A request counts for the circuit breaker of its part.</summary>
internal enum WixCircuit
{
    /// <summary>The business APIs.</summary>
    Api,

    /// <summary>The token endpoint.</summary>
    Tokens,

    /// <summary>Token-info.</summary>
    TokenInfo,
}
