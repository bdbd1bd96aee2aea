using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Endpoints.Interop.Tests.Node;

namespace Endpoints.Interop.Tests;

/// <summary>The facts of Wix's API, held against those of Wix's packages that are installed for these tests.</summary>
public sealed partial class FactsTests
{
    private const int LeastRequests = 100;
    private const int LeastFields = 1000;

    [Fact]
    public async Task What_the_SDK_sends_is_what_the_facts_say()
    {
        var output = await RunAsync("check.mjs");

        Assert.InRange(Number(Requests(), output), LeastRequests, int.MaxValue);
    }

    [Fact]
    public async Task Fields_are_what_the_TypeScript_checker_and_the_zod_schemas_say()
    {
        var output = await RunAsync("check-types.mjs");

        Assert.InRange(Number(Fields(), output), LeastFields, int.MaxValue);
    }

    private static int Number(Regex expected, string output)
    {
        var found = expected.Match(output);
        Assert.True(found.Success, output);
        return int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static async Task<string> RunAsync(string check)
    {
        using var node = Process.Start(
            new ProcessStartInfo("node", [$"../../src/Endpoints.Wix.Api/extractor/{check}", "--modules", "node_modules"])
            {
                WorkingDirectory = await NodePackages.FolderAsync(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"{await output}\n{await errors}");
        return await output;
    }

    [GeneratedRegex("^([0-9]+) of [0-9]+ fields are what the TypeScript checker says", RegexOptions.Multiline)]
    private static partial Regex Fields();

    [GeneratedRegex("^([0-9]+) of [0-9]+ requests are as the facts say", RegexOptions.Multiline)]
    private static partial Regex Requests();
}
