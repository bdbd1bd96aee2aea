using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>Sends requests of a member, alice, that say in every place that she is the app "victim".</summary>
internal sealed class IdentitySite(WixSite site, Seen seen) : IAsyncDisposable
{
    public const string Victim = "victim";

    private static readonly string[] Names = ["who", "Who", "carrier.who", "Carrier.Who", "", "who[0]", "value"];

    private static readonly (string, string)[] Words =
    [
        ("kind", "App"), ("id", Victim), ("value", Victim), ("instanceId", Victim), ("siteId", Victim), ("clientId", Victim),
        ("status", "200"), ("requestId", Victim),
    ];

    private static readonly string[] Jsons =
    [
        """{"kind":"App","id":"victim","instanceId":"victim","value":"victim","siteId":"victim"}""", "\"victim\"", "{}", "[]", "7", "null",
    ];

    public WixSite Site => site;

    /// <summary>Starts a site, beside another one if there is: hundreds of them need no Wix of their own.</summary>
    public static async Task<IdentitySite> StartAsync(
        Action<WebApplication> map, Action<WebApplicationBuilder>? build = null, WixSite? beside = null)
    {
        var seen = new Seen();
        return new(
            await WixSite.StartAsync(map, build: builder =>
            {
                builder.Services.AddSingleton(seen).AddFileRoutes().AddWixModule<SampleModules.SampleMembers>();
                builder.Services.AddAntiforgery();
                builder.Logging.SetMinimumLevel(LogLevel.Warning); // what tens of thousands of requests log is nobody's question here
                build?.Invoke(builder);
            }, beside: beside),
            seen);
    }

    /// <summary>Every request that tries it on one path, and what came of each.</summary>
    public async Task TryAllAsync<T>(string path, string? handler = null)
    {
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));
        foreach (var (what, content) in Contents())
        {
            foreach (var method in content is null ? ["GET", "POST"] : new[] { "POST" })
            {
                seen.Clear();
                var answer = await site.SendAsync(
                    method, path + "?" + Fields() + (handler is null ? "" : "&handler=" + handler), token, content: content,
                    headers: [("who", Victim), ("id", Victim), ("kind", "App"), ("carrier", Victim)]);
                Check<T>($"{method} {path} {handler}, {what}: {(int)answer.Status} {answer.Body}", answer.Status);
            }
        }
    }

    /// <summary>Calls the methods of a hub.</summary>
    public async Task TryHubAsync<T>(params string[] methods)
    {
        var client = site.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Authorization = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));
        using var socket = await client.ConnectAsync(new(site.Server.BaseAddress, "/hub?who=victim&kind=App"), CancellationToken.None);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        Assert.DoesNotContain("error", await ReceiveAsync(socket), StringComparison.Ordinal);
        foreach (var method in methods)
        {
            foreach (var json in Jsons.SelectMany(
                static json => new[] { "[]", $"[{json}]", $$"""[{"id":"victim","who":{{json}}}]""", $"[[{json}]]" }))
            {
                seen.Clear();
                await SendAsync(socket, $$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":{{json}}}""");
                string answer;
                do
                {
                    answer = await ReceiveAsync(socket);
                }
                while (JsonDocument.Parse(answer).RootElement.GetProperty("type").GetInt32() != 3);
                Check<T>($"{method} {json}: {answer}", HttpStatusCode.OK);
            }
        }
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private static IEnumerable<(string What, HttpContent? Content)> Contents()
    {
        yield return ("query", null);
        yield return ("form", new StringContent(Fields(), Encoding.UTF8, "application/x-www-form-urlencoded"));
        foreach (var json in Jsons)
        {
            yield return ("body " + json, new StringContent(json, Encoding.UTF8, "application/json"));
            yield return ("member " + json, new StringContent($$"""{"id":"victim","who":{{json}}}""", Encoding.UTF8, "application/json"));
            yield return ("element " + json, new StringContent($"[{json}]", Encoding.UTF8, "application/json"));
        }
    }

    private static string Fields() => string.Join("&", Names.SelectMany(static name => Words
        .Select(word => (Key: name.Length == 0 ? word.Item1 : $"{name}.{word.Item1}", Value: word.Item2))
        .Concat(name.Length == 0 ? [] : [(Key: name, Value: Victim)])).DistinctBy(static field => field.Key.ToUpperInvariant())
        .Select(static field => $"{field.Key}={field.Value}"));

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        do
            length += (await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None)).Count;
        while (length > 0 && buffer[length - 1] != 0x1e);
        return Encoding.UTF8.GetString(buffer, 0, length).Split('\u001e')[0];
    }

    private void Check<T>(string what, HttpStatusCode status)
    {
        Assert.True((int)status < 500, what);
        foreach (var (value, own) in seen.Values)
        {
            switch (value)
            {
                case null:
                    break;
                case Caller caller:
                    Assert.True(caller is { Id: "alice", Kind: Callers.Member }, what);
                    break;
                case WixApiClient or WixAuth or WixModule:
                    Assert.True(own is null || ReferenceEquals(own, value) || own is AdminWixClient or AppWixClient, what);
                    break;
                default:
                    Assert.Fail($"{what}: a {value.GetType().Name} was made");
                    break;
            }
        }
    }
}
