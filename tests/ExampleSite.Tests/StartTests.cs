using System.Net;
using System.Security.Cryptography;
using Endpoints.Tests.Processes;

namespace ExampleSite.Tests;

/// <summary>The Wix that the site talks to, and the settings with which it refuses to start.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Outside_Development_it_does_not_start_without_credentials()
    {
        await using var site = RunningSite.Start("Production");

        await site.LineAsync(static line => line.Contains("The Wix client id is missing", StringComparison.Ordinal)
            && line.Contains("The Wix client secret is missing", StringComparison.Ordinal));
        Assert.NotEqual(0, await site.ExitAsync());
        Assert.Contains("No Wix credentials are configured, and in Production no emulator takes Wix's place", site.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Wix emulator", site.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", site.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WIX_CLIENT_ID", "6d5c7b0e-0000-4000-8000-0123456789ab", "The Wix client secret is missing")]
    [InlineData("Wix__ClientSecret", "canary-secret-value", "The Wix client id is missing")]
    [InlineData("WIX_CLIENT_PUBLIC_KEY", "bm8ga2V5", "The Wix client id is missing")]
    public async Task Half_configured_credentials_stop_the_start_and_name_what_is_missing(string name, string value, string missing)
    {
        await using var site = RunningSite.Start("Development", (name, value));

        await site.LineAsync(line => line.Contains(missing, StringComparison.Ordinal));
        Assert.NotEqual(0, await site.ExitAsync());
        Assert.DoesNotContain("Wix emulator", site.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", site.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_credentials_calls_go_to_the_configured_Wix_and_no_emulator_starts()
    {
        using var key = RSA.Create(2048);
        // Nothing listens there: the answer tells that this address was asked.
        await using var site = RunningSite.Start(
            "Development",
            ("WIX_CLIENT_ID", "6d5c7b0e-0000-4000-8000-0123456789ab"),
            ("WIX_CLIENT_SECRET", "canary-secret-value"),
            ("WIX_CLIENT_PUBLIC_KEY", key.ExportSubjectPublicKeyInfoPem()),
            ("Wix__ApiBaseAddress", "http://127.0.0.1:9"));
        var line = await site.LineAsync(static line => line.StartsWith("Example site: ", StringComparison.Ordinal));
        using var client = new HttpClient();

        using var answer = await client.GetAsync(new Uri(new Uri(line.Split(' ')[2]), "/api/my-api"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("Wix emulator", site.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", site.Output + await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
