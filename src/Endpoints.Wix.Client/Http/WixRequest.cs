namespace Endpoints.Wix.Http;

/// <summary>Represents a request to Wix.</summary>
/// <param name="Circuit">The part of Wix that it goes to.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path and query string, beginning with <c>/</c>, escaped.</param>
/// <param name="Timeout">The maximum duration, further tries and bodies included.</param>
internal sealed record WixRequest(WixCircuit Circuit, HttpMethod Method, string Path, TimeSpan Timeout)
{
    /// <summary>
    /// Gets the address of <see cref="Path"/>, if <see cref="WixAddress.On"/> has already created it; otherwise, <see langword="null"/>.
    /// </summary>
    public Uri? Address { get; init; }

    /// <summary>Gets the token of the call; <see langword="null"/> for calls that are authenticated by their body.</summary>
    public AccessToken? Token { get; init; }

    /// <summary>Gets the header that accompanies the credential; <see langword="null"/> for none.</summary>
    public WixHeader? Header { get; init; }

    /// <summary>Gets the request headers of an HTTP client's caller that describe the wanted response.</summary>
    public IReadOnlyList<WixHeader> Wishes { get; init; } = [];

    /// <summary>Makes the body, once per try; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>
    /// Gets a value that indicates whether the request changes nothing, or nothing more the second time, so that it may be tried again.
    /// </summary>
    public bool IsRepeatable { get; init; }

    /// <summary>
    /// Gets a value that indicates whether any stranger's request can cause it. If so, it is not repeated when Wix reports too many
    /// requests, because that would add to them.
    /// </summary>
    public bool IsStrangers { get; init; }

    /// <summary>Gets the call that is asked before each further try, and may refuse it; <see langword="null"/> for none.</summary>
    public IRetriedCall? Retried { get; init; }

    /// <summary>Gets the latest <c>X-Wix-Consistent</c> that Wix gave this caller; <see langword="null"/> for none.</summary>
    public string? Consistent { get; init; }

    /// <summary>Gets the time at which the request was made, on the machine's own clock.</summary>
    public long Started { get; } = TimeProvider.System.GetTimestamp();

    /// <summary>Gets the rest of the time limit, which is negative when it is over.</summary>
    public TimeSpan Left => Timeout - TimeProvider.System.GetElapsedTime(Started);

    public override string ToString() => $"{Method} {Circuit}";
}
