using System.Reflection;
using System.Text.RegularExpressions;

namespace Endpoints.Tests.Processes;

/// <summary>The example site as <c>dotnet run</c> starts it, on a free port: one process for all tests that only call it.</summary>
public sealed partial class RunningSite : IAsyncLifetime
{
    private Command? _command;

    public Uri Address { get; private set; } = null!;

    public Uri Dashboard { get; private set; } = null!;

    public string Output => _command!.Output;

    public async Task InitializeAsync()
    {
        _command = Start("Development");
        Dashboard = new(AddressIn(await _command.LineAsync(static line => line.StartsWith("Dashboard", StringComparison.Ordinal))));
        Address = new(AddressIn(await _command.LineAsync(static line => line.StartsWith("Example site", StringComparison.Ordinal))));
    }

    public async Task DisposeAsync() => await _command!.DisposeAsync();

    internal static Command Start(string environment, params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary(static variable => variable.Name, static variable => (string?)variable.Value);
        all["ASPNETCORE_ENVIRONMENT"] = environment;
        all["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        var folder = typeof(RunningSite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "ExampleSite").Value!;
        return Command.Start(folder, all, "dotnet", Path.Combine(AppContext.BaseDirectory, "ExampleSite.dll"));
    }

    private static string AddressIn(string line) => AnyAddress().Match(line).Value;

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex AnyAddress();
}
