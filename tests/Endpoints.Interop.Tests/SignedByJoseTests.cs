using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Interop.Tests;

/// <summary>
/// A site accepts messages that are signed by the library with which Wix's SDK verifies: every event and every method of every service
/// plugin.
/// </summary>
public sealed class SignedByJoseTests(WixAndNode fixture) : InteropTest(fixture)
{
    private static readonly Type[] Digits = [typeof(D0), typeof(D1), typeof(D2), typeof(D3), typeof(D4)];

    private interface IDigit
    {
        static abstract int Value { get; }
    }

    [Fact]
    public async Task Every_event_is_handled_as_it_was_signed()
    {
        using var key = RSA.Create(2048);
        await using var site = await StartAsync(key, static services =>
        {
            foreach (var type in WixEmulator.EventTypes)
                services.AddWixEventHandler<Journal>(type, options => options.Name = type);
        });
        var events = WixEmulator.EventTypes.Select(type => JsonNode.Parse(Payload(Wix.SignWebhook(EmulatedEvent.Of(type))))!).ToList();

        var answers = await PostAsync(site, key, events, static _ => "/_wix/extensions/webhooks");

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var handled = site.Services.GetRequiredService<Journal>().Events.ToDictionary(static one => one.EventType);
        Assert.Equal(573, handled.Count);
        foreach (var claims in events)
        {
            var signed = JsonNode.Parse((string)claims["data"]!)!;
            var ours = handled[(string)signed["eventType"]!];
            Assert.Equal(Wix.InstanceId, ours.InstanceId);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse((string)signed["data"]!), ours.Data), ours.EventType);
        }
    }

    [Fact]
    public async Task Every_plugin_method_is_called_as_it_was_signed()
    {
        using var key = RSA.Create(2048);
        await using var site = await StartAsync(key, static services =>
        {
            for (var i = 0; i < WixEmulator.ServicePluginTypes.Count; i++)
            {
                typeof(SignedByJoseTests).GetMethod(nameof(AddPlugin), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(typeof(AnyPlugin<,>).MakeGenericType(Digits[i / 5], Digits[i % 5])).Invoke(null, [services]);
            }
        });
        var calls = WixEmulator.ServicePluginTypes.SelectMany(type => WixEmulator.ServicePluginMethods(type).Select(method =>
            (Claims: JsonNode.Parse(Payload(Wix.SignServicePlugin(type, WixEmulator.ServicePluginRequest(type, method.Key))))!,
                Path: $"/_wix/extensions/service-plugins/{type.Replace('_', '-').ToLowerInvariant()}{method.Value}", method.Key))).ToList();

        var answers = await PostAsync(site, key, [.. calls.Select(static call => call.Claims)], i => calls[i].Path);

        Assert.Equal(56, answers.Count);
        foreach (var ((status, body), call) in answers.Zip(calls))
        {
            Assert.Equal(HttpStatusCode.OK, status);
            var answer = JsonNode.Parse(body)!;
            Assert.Equal(call.Key, (string?)answer["method"]);
            Assert.True(JsonNode.DeepEquals(call.Claims["data"]!["request"], answer["request"]), call.Path);
        }
    }

    private static void AddPlugin<TPlugin>(IServiceCollection services)
        where TPlugin : WixPlugin, IWixPlugin => services.AddWixPlugin<TPlugin>();

    private static string Payload(string token) =>
        Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));

    private async Task<WebApplication> StartAsync(RSA key, Action<IServiceCollection> add)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AllowedHosts"] = "127.0.0.1",
            ["Wix:ClientId"] = Wix.App.ClientId,
            ["Wix:ClientSecret"] = Wix.App.ClientSecret,
            ["Wix:InstanceId"] = Wix.InstanceId,
            ["Wix:ApiBaseAddress"] = Wix.Address.ToString(),
            ["Wix:PublicKey"] = key.ExportSubjectPublicKeyInfoPem(),
            ["Wix:Events:HandlerTimeout"] = "00:00:30", // a busy machine must fail no test
        });
        builder.Services.AddWix(builder.Configuration);
        builder.Services.AddSingleton<Journal>();
        add(builder.Services);
        var app = builder.Build();
        app.MapWixEvents();
        await app.StartAsync();
        return app;
    }

    /// <summary>Signs claims in Node, and sends each to the site as Wix does.</summary>
    private async Task<IReadOnlyList<(HttpStatusCode Status, string Body)>> PostAsync(
        WebApplication site, RSA key, IReadOnlyList<JsonNode> claims, Func<int, string> path)
    {
        var tokens = await Node.RunAsync<string[]>("events/sign", new { PrivateKey = key.ExportPkcs8PrivateKeyPem(), Claims = claims });
        using var client = new HttpClient { BaseAddress = new(site.Urls.First()) };
        var answers = new List<(HttpStatusCode, string)>();
        for (var i = 0; i < tokens.Length; i++)
        {
            using var content = new StringContent(tokens[i], Encoding.ASCII, "text/plain");
            using var answer = await client.PostAsync(new Uri(path(i), UriKind.Relative), content);
            answers.Add((answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        return answers;
    }

    private sealed class Journal : IWixEventHandler<WixEvent>
    {
        public ConcurrentQueue<WixEvent> Events { get; } = [];

        public Task HandleAsync(WixEvent received, CancellationToken cancellationToken)
        {
            Events.Enqueue(received);
            return Task.CompletedTask;
        }
    }

    /// <summary>A plugin of any type: the one with the number that its digits make.</summary>
    private sealed class AnyPlugin<TFives, TOnes> : WixPlugin, IWixPlugin
        where TFives : IDigit
        where TOnes : IDigit
    {
        static WixPluginTable IWixPlugin.Table
        {
            get
            {
                var type = WixEmulator.ServicePluginTypes.ElementAt((5 * TFives.Value) + TOnes.Value);
                return new(type, [.. WixEmulator.ServicePluginMethods(type).Select(static method =>
                    new WixPluginMethod(method.Key, method.Value, (_, call, _) =>
                        Task.FromResult<WixMessage>(new Echo(method.Key, call))))]);
            }
        }
    }

    private sealed class Echo(string method, WixPluginCall call)
        : WixMessage(new JsonObject { ["method"] = method, ["request"] = call.Request.DeepClone() });

    private sealed class D0 : IDigit
    {
        public static int Value => 0;
    }

    private sealed class D1 : IDigit
    {
        public static int Value => 1;
    }

    private sealed class D2 : IDigit
    {
        public static int Value => 2;
    }

    private sealed class D3 : IDigit
    {
        public static int Value => 3;
    }

    private sealed class D4 : IDigit
    {
        public static int Value => 4;
    }
}
