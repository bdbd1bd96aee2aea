using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Endpoints.Interop.Tests.Node;

namespace Endpoints.Interop.Tests;

/// <summary>The facts of Wix's API, held against those of Wix's packages that are installed for these tests.</summary>
public sealed partial class FactsTests
{
    private const int LeastRequests = 100;

    [Fact]
    public async Task What_the_SDK_sends_is_what_the_facts_say()
    {
        var folder = await NodePackages.FolderAsync();
        using var node =
            Process.Start(new ProcessStartInfo("node", ["../../src/Endpoints.Wix.Api/extractor/check.mjs", "--modules", "node_modules"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();

        Assert.True(node.ExitCode == 0, $"{await output}\n{await errors}");
        var requests = Requests().Match(await output);
        Assert.True(requests.Success, await output);
        Assert.InRange(int.Parse(requests.Groups[1].Value, CultureInfo.InvariantCulture), LeastRequests, int.MaxValue);
    }

    [GeneratedRegex("^([0-9]+) of [0-9]+ requests are as the facts say", RegexOptions.Multiline)]
    private static partial Regex Requests();
}
