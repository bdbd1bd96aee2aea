using System.Text.Json.Nodes;
using Endpoints.Interop.Tests.Node;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>A test that begins without any call or fault on the platform.</summary>
public abstract class InteropTest : IClassFixture<WixAndNode>
{
    private protected const string ApiHost = "www.wixapis.com";
    private protected const string EdgeHost = "edge.wixapis.com";

    private readonly WixAndNode _fixture;

    protected InteropTest(WixAndNode fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        _fixture = fixture;
        Wix.ClearFaults();
        Wix.ClearCalls();
    }

    private protected WixEmulator Wix => _fixture.Wix;

    private protected NodeProcess Node => _fixture.Node;

    /// <summary>The only call to a route.</summary>
    private protected EmulatedCall Call(string route) => Assert.Single(Wix.CallsTo(route));

    private protected static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"Expected {expected}\nand not   {actual}");
}
