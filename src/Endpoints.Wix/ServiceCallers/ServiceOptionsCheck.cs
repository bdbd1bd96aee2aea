using System.Text.RegularExpressions;
using Endpoints.Wix.Options;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.ServiceCallers;

/// <summary>
/// Validates the settings of services. A service without keys or endpoints is valid, because removing them must take effect.
/// </summary>
internal sealed partial class ServiceOptionsCheck : IValidateOptions<WixOptions>
{
    private const int MostServices = 100;
    private const int MostKeys = 2;
    private const int MostEndpoints = 100;

    public ValidateOptionsResult Validate(string? name, WixOptions options)
    {
        List<string> failures = [];
        if (options.Services.Count > MostServices)
            failures.Add($"Wix:Services has {options.Services.Count} services, and {MostServices} are the most.");
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (service, settings) in options.Services)
        {
            var place = $"Wix:Services:{service}";
            if (!Name().IsMatch(service))
            {
                failures.Add("Wix:Services has a name that is not 1 to 64 letters, digits, '-', '_' and '.': nightly-sync.");
                continue;
            }

            if (settings.Keys.Count > MostKeys)
                failures.Add($"{place}:Keys has {settings.Keys.Count} keys, and two are the most: the key in use and its successor.");
            if (settings.Endpoints.Count > MostEndpoints)
                failures.Add($"{place}:Endpoints has {settings.Endpoints.Count} entries, and {MostEndpoints} are the most.");
            for (var i = 0; i < settings.Keys.Count; i++)
                failures.AddRange(Flaws(settings.Keys[i], $"{place}:Keys:{i}:Hash", service, owners));
            if (ServiceScope.TryParse(settings.Endpoints, out var flaw) is null)
                failures.Add($"{place}:Endpoints: {flaw}.");
        }

        return OptionsFailures.Result(name, failures);
    }

    // What stands there may be the key itself: no message repeats it.
    private static IEnumerable<string> Flaws(WixServiceKeyOptions key, string place, string service,
        Dictionary<string, string> owners)
    {
        if (ServiceKeyText.ParseHash(key.Hash) is null)
        {
            yield return ServiceKeyText.Begins(key.Hash ?? "")
                ? $"{place} is a key, and the configuration takes its hash. Replace the key, because it has been written down: "
                    + "dotnet build -t:NewServiceKey prints a new one with its hash."
                : $"{place} is not the hash of a key, such as sha256:9f86... with 64 digits. dotnet build -t:NewServiceKey prints one.";
        }
        else if (!owners.TryAdd(key.Hash, service))
        {
            yield return $"{place} is also a key of {owners[key.Hash]}. Each key belongs to one service.";
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
