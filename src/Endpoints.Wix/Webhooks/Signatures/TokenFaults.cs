using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Webhooks.Signatures;

/// <summary>Provides the status code and the name of each fault.</summary>
internal static class TokenFaults
{
    /// <summary>Returns the status code of the answer.</summary>
    public static int Status(TokenFault fault) =>
        fault == TokenFault.Malformed ? StatusCodes.Status400BadRequest : StatusCodes.Status401Unauthorized;

    /// <summary>Returns the name, as used in tags and logs.</summary>
    public static string Text(TokenFault fault) => fault switch
    {
        TokenFault.Malformed => "malformed",
        TokenFault.Header => "header",
        TokenFault.Signature => "signature",
        TokenFault.Claims => "claims",
        TokenFault.Expired => "expired",
        TokenFault.NotYetValid => "not_yet_valid",
        TokenFault.TooOld => "too_old",
        TokenFault.Issuer => "issuer",
        TokenFault.Audience => "audience",
        _ => "none",
    };
}
