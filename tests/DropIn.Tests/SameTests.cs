using Endpoints.Testing;
using Endpoints.Wix.Emulator;
using FluentValidation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;

namespace DropIn.Tests;

/// <summary>
/// An existing application answers as before when the packages are added, and the guards of what they add are what the lock says.
/// </summary>
/// <remarks>Both recordings are made here and now, so neither goes stale.</remarks>
public sealed class SameTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public Task Minimal_APIs_with_Identity_OpenAPI_and_rate_limits(string environment) =>
        CompareAsync<Minimal.Host>(environment, Scripts.MinimalAsync,
            asked: [typeof(IValidator<Minimal.NewNote>), typeof(IValidator<Minimal.NoteLine>), typeof(IMemoryCache),
                typeof(IDistributedCache), typeof(TimeProvider), typeof(IHttpClientFactory), typeof(IHttpContextAccessor),
                typeof(IAuthorizationService), typeof(IAuthenticationService), typeof(IProblemDetailsService), typeof(IOutputCacheStore),
                typeof(ISessionStore)]);

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public Task Controllers_with_areas_a_login_and_a_fallback_policy(string environment) =>
        CompareAsync<Mvc.Host>(environment, Scripts.MvcAsync);

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public Task Razor_Pages_with_Identity(string environment) =>
        CompareAsync<RazorPages.Host>(environment, Scripts.RazorPagesAsync, ownsApi: true);

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public Task UseMvc_without_endpoint_routing(string environment) => CompareAsync<UseMvc.Program>(environment, Scripts.UseMvcAsync);

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public Task Blazor_with_a_hub_and_a_reverse_proxy(string environment) => CompareAsync<Blazor.Host>(environment, Scripts.BlazorAsync);

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public Task Minimal_APIs_in_FSharp(string environment) => CompareAsync<FSharpSite.Host>(environment, Scripts.FSharpAsync);

    [Fact]
    public Task The_guards_of_minimal_APIs_are_what_the_lock_says() => GuardMatrix.VerifyAsync<Minimal.Host>(WithPackages);

    [Fact]
    public Task The_guards_beside_controllers_are_what_the_lock_says() => GuardMatrix.VerifyAsync<Mvc.Host>(WithPackages);

    [Fact]
    public Task The_guards_beside_Razor_Pages_are_what_the_lock_says() => GuardMatrix.VerifyAsync<RazorPages.Host>(WithPackages);

    [Fact]
    public Task The_guards_beside_UseMvc_are_what_the_lock_says() => GuardMatrix.VerifyAsync<UseMvc.Program>(WithPackages);

    [Fact]
    public Task The_guards_beside_components_are_what_the_lock_says() => GuardMatrix.VerifyAsync<Blazor.Host>(WithPackages);

    [Fact]
    public Task The_guards_of_a_library_beside_FSharp_are_what_its_lock_says() => GuardMatrix.VerifyAsync<FSharpSite.Host>(static options =>
    {
        WithPackages(options);
        options.LockFiles.Add("endpoints.lock.json");
        options.LockFiles.Add("../FSharpPages/endpoints.lock.json");
    });

    [Fact]
    public Task Files_and_elevation_work_in_minimal_APIs() => UseAsync<Minimal.Host>();

    [Fact]
    public Task Files_and_elevation_work_beside_controllers() => UseAsync<Mvc.Host>();

    [Fact]
    public Task Files_and_elevation_work_beside_Razor_Pages() => UseAsync<RazorPages.Host>();

    [Fact]
    public Task Files_and_elevation_work_beside_UseMvc() => UseAsync<UseMvc.Program>();

    [Fact]
    public Task Files_and_elevation_work_beside_components() => UseAsync<Blazor.Host>();

    [Fact]
    public Task Files_of_a_library_and_elevation_work_in_FSharp() => UseAsync<FSharpSite.Host>();

    [Fact]
    public async Task D15_What_is_mapped_in_FSharp_itself_is_elevated_too()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var host = new RunningHost<FSharpSite.Host>("Production", wix);
        using var client = host.CreateClient();

        Assert.Equal("Called by a Visitor", await client.GetStringAsync("/greeting"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/greeting");
        request.Headers.TryAddWithoutValidation("Authorization", wix.IssueToken(EmulatedIdentity.User()));
        using var refused = await client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static void WithPackages(GuardMatrixOptions options) => options.Settings["Packages"] = "true";

    private static async Task CompareAsync<THost>(string environment, Func<HttpClient, Recording, Task> script, bool ownsApi = false,
        params Type[] asked)
        where THost : class
    {
        await using var wix = await WixEmulator.StartAsync();
        var (before, types) = await RecordAsync<THost>(environment, null, script, asked, null);
        var (again, _) = await RecordAsync<THost>(environment, null, script, asked, types);
        var (after, _) = await RecordAsync<THost>(environment, wix, script, asked, types);

        Assert.InRange(before.Requests, 30, 1000);
        AssertSame(Difference.Between(before, again)); // what differs by itself would hide what we do
        AssertSame(Difference.Between(before, after, ownsApi));
    }

    private static void AssertSame(IEnumerable<string> differences)
    {
        if (string.Concat(differences) is { Length: > 0 } text)
            Assert.Fail(text);
    }

    private static async Task<(Recording Recording, IReadOnlyList<Type> Types)> RecordAsync<THost>(
        string environment, WixEmulator? wix, Func<HttpClient, Recording, Task> script, Type[] asked, IReadOnlyList<Type>? types)
        where THost : class
    {
        await using var host = new RunningHost<THost>(environment, wix);
        using var client = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        var startLines = host.Log.All.Count;
        var recording = new Recording();
        types ??= Composition.Types(host.Registrations);
        await script(client, recording);
        recording.AddLog(host.Log, startLines);
        await Composition.RecordAsync(recording, host.Services, types, asked);
        return (recording, types);
    }

    private static async Task UseAsync<THost>()
        where THost : class
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var host = new RunningHost<THost>("Production", wix);
        using var client = host.CreateClient(new() { AllowAutoRedirect = false });

        Assert.Equal("Hello from a file", await client.GetStringAsync("/api/hello"));
        Assert.Equal("Harbour Coffee", await client.GetStringAsync("/api/my-api"));
        using var refused = await client.PostAsync("/api/stock", null);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/stock");
        request.Headers.TryAddWithoutValidation("Authorization", wix.IssueToken(EmulatedIdentity.User()));
        request.Headers.Add("Origin", $"https://{wix.App.ClientId}.wix.run");
        using var written = await client.SendAsync(request);
        Assert.Equal("Written by a User", await written.Content.ReadAsStringAsync());
        Assert.Equal($"https://{wix.App.ClientId}.wix.run", written.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(1, wix.Calls.Count(static call => call.Route == "GET /site-properties/v4/properties"));
    }
}
