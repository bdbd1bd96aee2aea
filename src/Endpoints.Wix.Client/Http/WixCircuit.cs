namespace Endpoints.Wix.Http;

/// <summary>The parts of Wix that may be down each on their own: a request counts for the circuit breaker of its part.</summary>
internal enum WixCircuit
{
    /// <summary>The business APIs.</summary>
    Api,

    /// <summary>The token endpoint.</summary>
    Tokens,

    /// <summary>Token-info.</summary>
    TokenInfo,
}
