using System.Globalization;

namespace Endpoints.Wix.Emulator.CommandLine;

/// <summary>Represents the arguments of the command.</summary>
internal sealed class CommandArguments
{
    public const string HelpText = """
        A Wix platform in one process, on 127.0.0.1, for development.

          --port <number>          where the API listens (a free port)
          --back-office-port <n>   where the back office listens (a free port)
          --target <name>=<url>    an endpoint that the dashboard page calls; may be repeated
          --webhook <url>          an address that every event is delivered to; may be repeated
          --plugin <type>=<url>    a service plugin, such as ECOM_SHIPPING_RATES; may be repeated
          --redirect-uri <url>     an address that logins may return to; may be repeated
                                   (without any, every address on loopback is allowed)
          --seed <text>            ids, secrets and sessions stay the same for the same text ("development")
          --client-id <id>         the app's client id
          --client-secret <text>   the app's secret
          --instance-id <id>       the app's instance on the site
          --site-id <id>           the site's id
          --site-name <text>       the site's name
          --api-key <text>         the API key
          --empty                  no members, products, bookings and orders
          --rate-limit <number>    calls a minute of one app instance; Wix allows 200 (no limit)
          --rotate                 a refresh token is good for one use
          --help                   this text
        """;

    private readonly List<Action<WixEmulatorOptions>> _settings = [];
    private readonly List<Uri> _redirectUris = [];
    private readonly List<(string Name, Uri Url)> _targets = [];
    private readonly List<Uri> _webhooks = [];
    private readonly List<(string Type, Uri Url)> _plugins = [];

    public bool Help { get; private set; }

    /// <exception cref="ArgumentException">An argument is unknown or has no value.</exception>
    public static CommandArguments Parse(string[] args)
    {
        var parsed = new CommandArguments();
        parsed._settings.Add(static options => options.Seed = "development");
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            switch (name)
            {
                case "--help" or "-h" or "-?":
                    parsed.Help = true;
                    break;
                case "--empty":
                    parsed._settings.Add(static options => options.EmptySites = true);
                    break;
                case "--rotate":
                    parsed._settings.Add(static options => options.RotateRefreshTokens = true);
                    break;
                default:
                    if (++i == args.Length)
                        throw new ArgumentException($"{name} needs a value.");
                    parsed.Set(name, args[i]);
                    break;
            }
        }

        return parsed;
    }

    /// <summary>Applies the arguments that can only be set on a running platform.</summary>
    public void Apply(WixEmulator wix)
    {
        foreach (var uri in _redirectUris)
            wix.App.AllowRedirectUri(uri);
        foreach (var (name, url) in _targets)
            wix.BackOffice.AddTarget(name, url);
        foreach (var url in _webhooks)
            wix.AddWebhook(url);
        foreach (var (type, url) in _plugins)
            wix.AddServicePlugin(type, url);
    }

    public void Apply(WixEmulatorOptions options)
    {
        options.AllowLoopbackRedirects = _redirectUris.Count == 0;
        foreach (var set in _settings)
            set(options);
    }

    private static Uri Address(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? uri
            : throw new ArgumentException($"{name} needs an http or https address, not '{value}'.");

    private static (string Name, Uri Url) Named(string name, string value, string what)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        return equals < 1
            ? throw new ArgumentException($"{name} needs {what}.") : (value[..equals], Address(name, value[(equals + 1)..]));
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--redirect-uri":
                _redirectUris.Add(Address(name, value));
                break;
            case "--target":
                _targets.Add(Named(name, value, "a name and an address, as in 'Who am I=http://localhost:5000/api/who-am-i'"));
                break;
            case "--webhook":
                _webhooks.Add(Address(name, value));
                break;
            case "--plugin":
                _plugins.Add(Named(name, value, "a type and an address, as in 'ECOM_SHIPPING_RATES=http://localhost:5000/shipping'"));
                break;
            default:
                var set = Setter(name);
                _settings.Add(options => set(options, value));
                break;
        }
    }

    private static Action<WixEmulatorOptions, string> Setter(string name) => name switch
    {
        "--port" => static (options, value) => options.Port = Number("--port", value, 0, 65535),
        "--back-office-port" => static (options, value) => options.BackOfficePort = Number("--back-office-port", value, 0, 65535),
        "--rate-limit" => static (options, value) => options.RequestsPerMinute = Number("--rate-limit", value, 1, int.MaxValue),
        "--seed" => static (options, value) => options.Seed = value,
        "--client-id" => static (options, value) => options.ClientId = value,
        "--client-secret" => static (options, value) => options.ClientSecret = value,
        "--instance-id" => static (options, value) => options.InstanceId = value,
        "--site-id" => static (options, value) => options.SiteId = value,
        "--site-name" => static (options, value) => options.SiteName = value,
        "--api-key" => static (options, value) => options.ApiKey = value,
        _ => throw new ArgumentException($"{name} is not an argument. --help lists them."),
    };

    private static int Number(string name, string value, int from, int to) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
            ? number
            : throw new ArgumentException($"{name} needs a number from {from} to {to}, not '{value}'.");
}
