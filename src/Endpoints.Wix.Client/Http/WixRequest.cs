namespace Endpoints.Wix.Http;

/// <summary>A request to Wix.</summary>
/// <param name="Circuit">The part of Wix that it goes to.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path and query string, beginning with <c>/</c>, escaped.</param>
/// <param name="Timeout">How long it may take, further tries and bodies included.</param>
internal sealed record WixRequest(WixCircuit Circuit, HttpMethod Method, string Path, TimeSpan Timeout)
{
    /// <summary>The address of <see cref="Path"/>, where it was made by <see cref="WixAddress.On"/> before; null where it is still to be made.</summary>
    public Uri? Address { get; init; }

    /// <summary>Whose call it is; null for calls that prove themselves by their body.</summary>
    public AccessToken? Token { get; init; }

    /// <summary>The header that the credential takes along; null for none.</summary>
    public WixHeader? Header { get; init; }

    /// <summary>What the caller of an HTTP client says of the answer it wants.</summary>
    public IReadOnlyList<WixHeader> Wishes { get; init; } = [];

    /// <summary>Makes the body, once per try; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Whether it changes nothing, or nothing more the second time, so that it may be tried again.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether any stranger's request brings it about: it is not repeated when Wix says that there are too many, which would make more of them.</summary>
    public bool IsStrangers { get; init; }

    /// <summary>The latest <c>X-Wix-Consistent</c> that Wix gave this caller; null for none.</summary>
    public string? Consistent { get; init; }

    public override string ToString() => $"{Method} {Circuit}";
}
