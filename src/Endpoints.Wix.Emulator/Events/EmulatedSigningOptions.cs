namespace Endpoints.Wix.Emulator;

/// <summary>For whom and how a webhook or a service plugin call is signed. Every property starts with what Wix would do.</summary>
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

    /// <summary>The app whose key signs; the emulator's first by default.</summary>
    public EmulatedApp App { get; set; }

    /// <summary>The instance that the call is about; <see cref="WixEmulator.InstanceId"/> by default. Null leaves it out.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The claim <c>iss</c>: <c>wix.com</c> for service plugins, none for webhooks.</summary>
    public string? Issuer { get; set; }

    /// <summary>The claim <c>aud</c>: the app's id for service plugins, none for webhooks.</summary>
    public string? Audience { get; set; }

    /// <summary>How long ago it was signed; zero by default, negative for a time to come.</summary>
    public TimeSpan Age { get; set; }

    /// <summary>The time from signing to expiry; 30 days for webhooks, which Wix repeats for two days, and 5 minutes for service plugins. Null leaves <c>exp</c> out.</summary>
    public TimeSpan? Lifetime { get; set; }

    /// <summary>How it is signed; validly by default.</summary>
    public EmulatedSignature Signature { get; set; }
}
