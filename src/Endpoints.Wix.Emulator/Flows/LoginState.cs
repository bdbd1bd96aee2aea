using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Flows;

/// <summary>Holds everything that is in progress between a browser and the platform. Nothing is kept for more than ten minutes.</summary>
internal sealed class LoginState(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public ExpiringStore<LoginSession> Logins { get; } = new(time, Lifetime);

    /// <summary>Gets the addresses that browsers return to after a logout or another page of Wix.</summary>
    public ExpiringStore<WixPage> Pages { get; } = new(time, Lifetime);

    public ExpiringStore<AuthorizationCode> Codes { get; } = new(time, Lifetime);

    public ExpiringStore<InstallRequest> Installs { get; } = new(time, Lifetime);

    public ExpiringStore<InstallCode> InstallCodes { get; } = new(time, Lifetime);
}
