namespace Endpoints.Wix;

/// <summary>
/// Represents one call to Wix that is made, or tried, as the app or with the API key. It holds no tokens, no bodies and no arguments.
/// </summary>
public sealed class WixAuditEntry
{
    internal WixAuditEntry(WixAuditKind kind, string app, string method, string path)
    {
        Kind = kind;
        App = app;
        Method = method;
        Path = path;
    }

    /// <summary>Gets with which credentials the call is made.</summary>
    public WixAuditKind Kind { get; }

    /// <summary>Gets the name of the app that made the call.</summary>
    /// <value>The empty string for the app that <c>AddWix</c> sets up without a name.</value>
    public string App { get; }

    /// <summary>Gets the name of the endpoint in whose handler the call is made; <see langword="null"/> outside requests.</summary>
    public string? Endpoint { get; internal init; }

    /// <summary>Gets the kind of the request's caller; <see langword="null"/> outside requests.</summary>
    public Callers? CallerKind { get; internal init; }

    /// <summary>
    /// Gets the id of the request's caller; <see langword="null"/> outside requests, and for a visitor who has no token yet.
    /// </summary>
    public string? CallerId { get; internal init; }

    /// <summary>
    /// Gets the id of the event in whose handler the call is made; <see langword="null"/> for a request, and for an event without an id.
    /// </summary>
    public string? EventId { get; internal init; }

    /// <summary>
    /// Gets the app's instance that the call acts for; <see langword="null"/> for a headless project's site, and with the API key.
    /// </summary>
    public string? InstanceId { get; internal init; }

    /// <summary>
    /// Gets for what the API key is used, <c>wix-site-id</c> or <c>wix-account-id</c>; <see langword="null"/> without the API key.
    /// </summary>
    public string? KeySubject { get; internal init; }

    /// <summary>Gets the id of the site or account that the API key is used for; <see langword="null"/> without the API key.</summary>
    public string? KeySubjectId { get; internal init; }

    /// <summary>Gets the HTTP method.</summary>
    public string Method { get; }

    /// <summary>Gets the path at Wix, with placeholders for its arguments.</summary>
    public string Path { get; }

    /// <summary>
    /// Gets a value indicating whether the call was not made, because the endpoint's <see cref="ElevateAttribute.Only"/> does not cover it.
    /// </summary>
    public bool IsDenied { get; internal init; }

    /// <summary>Gets the status that Wix answered; <see langword="null"/> if there was no answer.</summary>
    public int? Status { get; internal init; }

    /// <summary>Gets how long the call took.</summary>
    public TimeSpan Elapsed { get; internal init; }
}
