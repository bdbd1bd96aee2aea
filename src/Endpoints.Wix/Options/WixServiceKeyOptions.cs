namespace Endpoints.Wix;

/// <summary>Provides the settings of one key of a service. Setting <c>Wix:Services:{name}:Keys:{n}</c>.</summary>
public sealed class WixServiceKeyOptions
{
    /// <summary>
    /// Gets or sets the hash of the key, as <c>dotnet build -t:NewServiceKey</c> prints it: <c>sha256:</c> and 64 hexadecimal digits.
    /// </summary>
    public string Hash { get; set; } = "";

    /// <summary>
    /// Gets or sets the time from which the key is no longer accepted. The default is <see langword="null"/>, for a key that doesn't
    /// expire.
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
