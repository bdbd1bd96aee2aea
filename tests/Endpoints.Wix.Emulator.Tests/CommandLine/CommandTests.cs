using System.Threading.Channels;

namespace Endpoints.Wix.Emulator.Tests.CommandLine;

public sealed class CommandTests
{
    [Fact]
    public async Task It_prints_where_it_is_and_its_credentials_and_runs_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        using var output = new Lines();
        var run = WixEmulatorCommand.RunAsync(
            ["--client-id", "my-client", "--client-secret", "my-secret", "--target", "Who am I=http://localhost:5000/api/who-am-i",
                "--empty"], output, stop.Token);

        var text = await output.FirstAsync();
        Assert.Contains("http://127.0.0.1:", text, StringComparison.Ordinal);
        Assert.Contains("my-client", text, StringComparison.Ordinal);
        Assert.Contains("my-secret", text, StringComparison.Ordinal);
        Assert.Contains("/dashboard", text, StringComparison.Ordinal);
        Assert.Contains("curl http://127.0.0.1:", text, StringComparison.Ordinal);
        Assert.False(run.IsCompleted);
        await stop.CancelAsync();

        Assert.Equal(0, await run);
    }

    [Theory]
    [InlineData("--prot 1", "--prot is not an argument")]
    [InlineData("--port x", "--port needs a number")]
    [InlineData("--port 70000", "--port needs a number")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--back-office-port -1", "--back-office-port needs a number")]
    [InlineData("--rate-limit 0", "--rate-limit needs a number")]
    [InlineData("--redirect-uri /x", "--redirect-uri needs an http or https address")]
    [InlineData("--target http://localhost/", "--target needs a name and an address")]
    [InlineData("--target a=b", "--target needs an http or https address")]
    [InlineData("--webhook /x", "--webhook needs an http or https address")]
    [InlineData("--plugin http://localhost/", "--plugin needs a type and an address")]
    [InlineData("--plugin ECOM_NOTHING=http://localhost/", "Wix's packages have no service plugin 'ECOM_NOTHING'")]
    public async Task A_wrong_argument_is_named_and_nothing_starts(string args, string message)
    {
        using var output = new StringWriter();

        var code = await WixEmulatorCommand.RunAsync(args.Split(' '), output);

        Assert.Equal(2, code);
        Assert.StartsWith(message, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_said_in_one_line()
    {
        await using var wix = await WixEmulator.StartAsync();
        using var output = new StringWriter();

        var code = await WixEmulatorCommand.RunAsync(["--port", $"{wix.Address.Port}"], output);

        Assert.Equal(2, code);
        Assert.Contains("address already in use", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_the_arguments()
    {
        using var output = new StringWriter();

        Assert.Equal(0, await WixEmulatorCommand.RunAsync(["--help"], output));
        Assert.Contains("--client-secret", output.ToString(), StringComparison.Ordinal);
    }

    private sealed class Lines : StringWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public override Task WriteLineAsync(string? value)
        {
            _lines.Writer.TryWrite(value ?? "");
            return Task.CompletedTask;
        }

        public Task<string> FirstAsync() => _lines.Reader.ReadAsync().AsTask();
    }
}
