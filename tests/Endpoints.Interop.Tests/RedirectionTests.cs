namespace Endpoints.Interop.Tests;

/// <summary>Requests of the packages to Wix arrive at the emulator, and none leaves the machine.</summary>
public sealed class RedirectionTests(WixAndNode fixture) : InteropTest(fixture)
{
    [Theory]
    [InlineData(ApiHost)]
    [InlineData(EdgeHost)]
    public async Task Wixs_hosts_are_the_emulator(string host)
    {
        var status = await Node.RunAsync<int>("platform/fetchStatus", new { Url = $"https://{host}/site-properties/v4/properties" });

        Assert.Equal(401, status);
        Assert.Equal(host, Call("GET /site-properties/v4/properties").Host);
    }

    [Theory]
    [InlineData("https://manage.wix.com/")]
    [InlineData("http://www.wixapis.com/")]
    [InlineData("https://192.0.2.1/")]
    public async Task Any_other_host_is_refused(string url)
    {
        var error = await Node.FailAsync("platform/fetchStatus", new { url });

        Assert.Contains("is not part of this test", error.Text, StringComparison.Ordinal);
        Assert.Empty(Wix.Calls);
    }
}
