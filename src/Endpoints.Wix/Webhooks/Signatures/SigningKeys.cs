using Endpoints.Wix.Options;
using Microsoft.IdentityModel.Tokens;

namespace Endpoints.Wix.Webhooks.Signatures;

/// <summary>Provides what signatures are verified with: the configured public keys, which follow the configuration.</summary>
/// <remarks>Thread-safe. Keys are read once for each change of the options.</remarks>
internal sealed class SigningKeys(ILiveOptions<WixOptions> live)
{
    private Read? _read;

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256];

    /// <summary>Gets the parameters with the keys; <see langword="null"/> if no key is configured.</summary>
    public TokenValidationParameters? Now
    {
        get
        {
            var options = live.Now;
            var read = Volatile.Read(ref _read);
            if (read is null || !ReferenceEquals(read.Options, options))
                Volatile.Write(ref _read, read = new(options, ReadFrom(options)));
            return read.Parameters;
        }
    }

    private static TokenValidationParameters? ReadFrom(WixOptions options)
    {
        var keys = new List<SecurityKey>();
        foreach (var text in options.PublicKeys.Prepend(options.PublicKey))
        {
            if (text is null || !PublicKeyText.TryRead(text, out var rsa))
                continue; // the options have been validated
            using (rsa)
                keys.Add(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)));
        }

        return keys.Count == 0 ? null : new()
        {
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = true,
            RequireSignedTokens = true,
            // Claims are judged by the application's clock, once the signature is verified.
            ValidateLifetime = false,
            ValidateIssuer = false,
            ValidateAudience = false,
        };
    }

    private sealed record Read(WixOptions Options, TokenValidationParameters? Parameters);
}
