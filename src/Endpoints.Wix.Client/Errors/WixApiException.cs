using System.Net;

namespace Endpoints.Wix;

/// <summary>
/// The exception that is thrown when Wix refuses a call or can't carry it out, or when the caller's right to it has ended (401). If an
/// endpoint does not handle it, it becomes a problem document.
/// </summary>
/// <remarks>
/// The message contains Wix's status, code and request id, but never Wix's own wording, which may contain other people's data. As a problem
/// document, 400, 404, 409, 410, 412, 413, 422, 423, 424, 428 and 451 keep their status and code, and so do 401 and 403 of the caller's own
/// call. 429 becomes 503 with <c>Retry-After</c>. Anything else becomes 502, as does every refusal of the app's token.
/// </remarks>
public sealed class WixApiException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="WixApiException"/> class.</summary>
    /// <param name="message">
    /// The message that describes the error. It is logged, so it must contain no tokens, and nothing that Wix wrote.
    /// </param>
    /// <param name="status">The status that Wix returned.</param>
    public WixApiException(string message, HttpStatusCode status)
        : base(message) => Status = status;

    /// <summary>Gets the status that Wix returned.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>
    /// Gets Wix's own error code, such as <c>PERMISSION_DENIED</c> or <c>-19971</c>; <see langword="null"/> if there was no printable code.
    /// </summary>
    public string? ApplicationErrorCode { get; init; }

    /// <summary>Gets the fields that Wix rejected; empty if it named none.</summary>
    public IReadOnlyList<WixFieldViolation> FieldViolations { get; init; } = [];

    /// <summary>Gets the request id to quote to Wix's support; <see langword="null"/> if Wix returned none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the time to wait before the next try; <see langword="null"/> if Wix did not specify one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets a value that indicates whether the call was made as the app rather than as the caller.</summary>
    internal bool IsElevated { get; init; }

    /// <summary>
    /// Gets a value that indicates whether Wix refused the app its token. Whatever the status, nothing in the caller's request was at
    /// fault.
    /// </summary>
    internal bool IsTokenRefusal { get; init; }

    /// <summary>
    /// Gets a value that indicates whether Wix refused the app its token for the instance of the caller's token: the app is no longer
    /// installed where the caller comes from.
    /// </summary>
    internal bool IsOfCaller { get; init; }
}
