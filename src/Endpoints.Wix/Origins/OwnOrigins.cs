using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Origins;

/// <summary>Provides the own origins of an app's site, as <see cref="WixOptions"/> names them. The options are read on first use.</summary>
internal sealed class OwnOrigins(IOptions<WixOptions> options)
{
    private readonly Lazy<(string? Public, string[] Further)> _origins = new(() => (
        options.Value.PublicOrigin?.GetLeftPart(UriPartial.Authority),
        [.. options.Value.OwnOrigins.Select(static origin => origin.GetLeftPart(UriPartial.Authority))]));

    public string? Public => _origins.Value.Public;

    public IReadOnlyList<string> Further => _origins.Value.Further;

    public bool IsPublic(string origin) => string.Equals(origin, Public, StringComparison.OrdinalIgnoreCase);

    public bool IsFurther(string origin) =>
        Array.Exists(_origins.Value.Further, own => string.Equals(own, origin, StringComparison.OrdinalIgnoreCase));
}
