using System.Globalization;

namespace Endpoints.Wix.Emulator.CommandLine;

/// <summary>The command's arguments.</summary>
internal sealed class CommandArguments
{
    public const string HelpText = """
        A Wix platform in one process, on 127.0.0.1, for development.

          --port <number>          where the API listens (a free port)
          --seed <text>            ids, secrets and sessions stay the same for the same text ("development")
          --client-id <id>         the app's client id
          --client-secret <text>   the app's secret
          --instance-id <id>       the app's instance on the site
          --site-id <id>           the site's id
          --site-name <text>       the site's name
          --api-key <text>         the API key
          --rotate                 a refresh token is good for one use
          --help                   this text
        """;

    private readonly List<Action<WixEmulatorOptions>> _settings = [];

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
                case "--rotate":
                    parsed._settings.Add(static options => options.RotateRefreshTokens = true);
                    break;
                default:
                    var set = Setter(name);
                    if (++i == args.Length)
                        throw new ArgumentException($"{name} needs a value.");
                    var value = args[i];
                    parsed._settings.Add(options => set(options, value));
                    break;
            }
        }

        return parsed;
    }

    public void Apply(WixEmulatorOptions options)
    {
        foreach (var set in _settings)
            set(options);
    }

    private static Action<WixEmulatorOptions, string> Setter(string name) => name switch
    {
        "--port" => static (options, value) => options.Port = Number("--port", value),
        "--seed" => static (options, value) => options.Seed = value,
        "--client-id" => static (options, value) => options.ClientId = value,
        "--client-secret" => static (options, value) => options.ClientSecret = value,
        "--instance-id" => static (options, value) => options.InstanceId = value,
        "--site-id" => static (options, value) => options.SiteId = value,
        "--site-name" => static (options, value) => options.SiteName = value,
        "--api-key" => static (options, value) => options.ApiKey = value,
        _ => throw new ArgumentException($"{name} is not an argument. --help lists them."),
    };

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535
            ? number
            : throw new ArgumentException($"{name} needs a number from 0 to 65535, not '{value}'.");
}
