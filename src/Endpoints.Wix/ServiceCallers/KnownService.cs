namespace Endpoints.Wix.ServiceCallers;

/// <summary>Represents one key of a service, and what the service may do with it.</summary>
/// <param name="Name">The name of the service.</param>
/// <param name="Hash">The hash of the key.</param>
/// <param name="ExpiresAt">The time from which the key is no longer accepted; <see langword="null"/> for never.</param>
/// <param name="InstanceId">The instance that elevation acts for; <see langword="null"/> for the configured one.</param>
/// <param name="Scope">The endpoints that the service may call.</param>
internal sealed record KnownService(string Name, byte[] Hash, DateTimeOffset? ExpiresAt, string? InstanceId, ServiceScope Scope)
{
    /// <summary>Returns the name alone: a hash is nothing to print.</summary>
    public override string ToString() => Name;
}
