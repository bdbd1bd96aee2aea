namespace Endpoints.Wix.Emulator;

/// <summary>
/// Provides options for signing a webhook or a service plugin call. Each property defaults to the value that Wix would use.
/// </summary>
public sealed class EmulatedSigningOptions
{
    internal EmulatedSigningOptions(EmulatedApp app, string? instanceId, string? issuer, string? audience, TimeSpan lifetime)
    {
        App = app;
        InstanceId = instanceId;
        Issuer = issuer;
        Audience = audience;
        Lifetime = lifetime;
    }

    /// <summary>Gets or sets the app whose key signs the call. The default is the emulator's first app.</summary>
    public EmulatedApp App { get; set; }

    /// <summary>
    /// Gets or sets the app instance that the call is about, or <see langword="null"/> to omit it. The default is
    /// <see cref="WixEmulator.InstanceId"/>.
    /// </summary>
    public string? InstanceId { get; set; }

    /// <summary>Gets or sets the <c>iss</c> claim. The default is <c>wix.com</c> for service plugins, and none for webhooks.</summary>
    public string? Issuer { get; set; }

    /// <summary>
    /// Gets or sets the <c>aud</c> claim. The default is the app's identifier for service plugins, and none for webhooks.
    /// </summary>
    public string? Audience { get; set; }

    /// <summary>
    /// Gets or sets the age of the signature. The default is zero. A negative value puts the time of signing in the future.
    /// </summary>
    public TimeSpan Age { get; set; }

    /// <summary>
    /// Gets or sets the time from signing to expiry, or <see langword="null"/> to omit <c>exp</c>. The default is 30 days for webhooks,
    /// which Wix retries for two days, and 5 minutes for service plugins.
    /// </summary>
    public TimeSpan? Lifetime { get; set; }

    /// <summary>Gets or sets the kind of signature. The default is <see cref="EmulatedSignature.Valid"/>.</summary>
    public EmulatedSignature Signature { get; set; }
}
