using System.Net;

namespace Endpoints.Wix;

/// <summary>Wix refused a call or could not carry it out, or the caller's right to it has ended (401). Unhandled in an endpoint, it becomes a problem document.</summary>
/// <remarks>
/// The message holds Wix's status, code and request id, never what Wix wrote in words, which may speak of other people's data. As a problem
/// document, 400, 404, 409, 410, 412, 413, 422, 423, 424, 428 and 451 keep their status and code, and so do 401 and 403 of the caller's own call. 429 becomes
/// 503 with <c>Retry-After</c>, and anything else 502, as does every refusal of the app's token.
/// </remarks>
public sealed class WixApiException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened. It is logged: it must hold no tokens, and nothing that Wix wrote.</param>
    /// <param name="status">The status that Wix answered.</param>
    public WixApiException(string message, HttpStatusCode status)
        : base(message) => Status = status;

    /// <summary>The status that Wix answered.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Wix's own code for what is wrong, such as <c>PERMISSION_DENIED</c> or <c>-19971</c>; null when there was none that can be printed.</summary>
    public string? ApplicationErrorCode { get; init; }

    /// <summary>The fields that Wix found fault with; empty when it named none.</summary>
    public IReadOnlyList<WixFieldViolation> FieldViolations { get; init; } = [];

    /// <summary>The id to quote to Wix's support; null when Wix gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long to wait before the next try, if Wix said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the call was made as the app rather than as the caller.</summary>
    internal bool IsElevated { get; init; }

    /// <summary>Whether Wix refused the app its token: nothing of the caller's request was at fault, whatever the status.</summary>
    internal bool IsTokenRefusal { get; init; }
}
