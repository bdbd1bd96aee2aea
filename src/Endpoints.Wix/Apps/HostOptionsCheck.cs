using Endpoints.Wix.Options;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Apps;

/// <summary>Validates the host names of an app.</summary>
internal sealed class HostOptionsCheck : IValidateOptions<WixOptions>
{
    public ValidateOptionsResult Validate(string? name, WixOptions options) => OptionsFailures.Result(name,
        [.. options.Hosts.Where(static host => HostPattern.TryParse(host) is null).Select(static host =>
            $"Wix:Hosts has '{host}', which is not a host name such as shop.example, shop.example:5001 or *.shop.example.")]);
}
