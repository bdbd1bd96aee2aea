using Endpoints.Wix.Options;
using Microsoft.IdentityModel.Tokens;

namespace Endpoints.Wix.Webhooks.Signatures;

/// <summary>Provides the configured public keys, which follow the configuration.</summary>
/// <remarks>Thread-safe. Keys are read once for each change of the options.</remarks>
internal sealed class SigningKeys(ILiveOptions<WixOptions> live)
{
    private Read? _read;

    /// <summary>Gets the keys; empty if none are configured.</summary>
    public IReadOnlyList<SecurityKey> Now
    {
        get
        {
            var options = live.Now;
            var read = Volatile.Read(ref _read);
            if (read is null || !ReferenceEquals(read.Options, options))
                Volatile.Write(ref _read, read = new(options, ReadFrom(options)));
            return read.Keys;
        }
    }

    private static SecurityKey[] ReadFrom(WixOptions options)
    {
        var keys = new List<SecurityKey>();
        foreach (var text in options.PublicKeys.Prepend(options.PublicKey))
        {
            if (text is null || !PublicKeyText.TryRead(text, out var rsa))
                continue; // the options have been validated
            using (rsa)
                keys.Add(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)));
        }

        return [.. keys];
    }

    private sealed record Read(WixOptions Options, SecurityKey[] Keys);
}
