using System.Text.Json;

namespace Endpoints.Interop.Tests;

/// <summary>A test with a site on Endpoints.</summary>
public abstract class SiteTest(WixAndNode fixture) : InteropTest(fixture), IAsyncLifetime
{
    private EndpointsSite? _site;

    private protected string Origin => _site!.Origin;

    private protected IServiceProvider Services => _site!.Services;

    public async Task InitializeAsync()
    {
        _site = await EndpointsSite.StartAsync(Wix);
        Wix.App.AllowRedirectUri(new($"{Origin}/api/auth/callback"));
    }

    public async Task DisposeAsync()
    {
        if (_site is not null)
            await _site.DisposeAsync();
    }

    /// <summary>An endpoint's answer, as JavaScript sees it.</summary>
    private protected sealed record Answer(int Status, string? ContentType, JsonElement Body)
    {
        public T As<T>()
        {
            Assert.True(Status == 200, $"{Status} {Body}");
            return Body.Deserialize<T>(JsonSerializerOptions.Web)!;
        }

        /// <summary>Checks that it is a problem document, and gives its type without the prefix they all have.</summary>
        public string ProblemType()
        {
            Assert.Equal("application/problem+json", ContentType?.Split(';')[0]);
            Assert.Equal(Status, Body.GetProperty("status").GetInt32());
            return Body.GetProperty("type").GetString()!.Replace("urn:endpoints:problem:", "", StringComparison.Ordinal);
        }
    }
}
