using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Benchmarks.Calls;

namespace Benchmarks.Events;

/// <summary>
/// Events that arrive at a steady rate, and events that arrive as fast as they are answered: how many a second, and how long each waits for
/// its answer.
/// </summary>
internal static class EventsComparison
{
    private const int Rate = 2_000;
    private const int Seconds = 10;
    private const int Warmup = 4_000;
    private const int Connections = 128;

    public static async Task RunAsync(string? redis)
    {
        var folder = Directory.CreateTempSubdirectory("events").FullName;
        try
        {
            using var rsa = RSA.Create(2048);
            var key = Path.Combine(folder, "key.pem");
            await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem());
            if (redis is null)
                Console.WriteLine("Redis: name a server, as in `-- events localhost:6379`.");
            Console.WriteLine(
                $"| delivery | answered in time of {Rate}/s | p50 | p99 | longest | most a second | p99 then | all handled after |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
            foreach (var kind in EventSite.Kinds.Where(kind => redis is not null || kind.EndsWith("sqlite", StringComparison.Ordinal)))
            {
                var requests = Enumerable.Range(0, Warmup + (2 * Rate * Seconds)).AsParallel().AsOrdered()
                    .Select(i => Sign(rsa, $"{kind}-{i}")).ToArray();
                await using var site = await ServedProcess.StartAsync("events-site", kind, key, folder, redis ?? "");
                await SendAsync(site.Address, requests.AsMemory(0, Warmup), rate: null);
                await LeftAsync(site.Address);
                var steady = await SendAsync(site.Address, requests.AsMemory(Warmup, Rate * Seconds), Rate);
                await LeftAsync(site.Address);
                var watch = Stopwatch.StartNew();
                var full = await SendAsync(site.Address, requests.AsMemory(Warmup + (Rate * Seconds)), rate: null);
                var rate = full.Length / watch.Elapsed.TotalSeconds;
                watch.Restart();
                await LeftAsync(site.Address);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {kind} | {steady.Count(static one => one < 100) * 100.0 / steady.Length:f1}% under 100 ms | {At(steady, .5):f1} ms "
                    + $"| {At(steady, .99):f1} ms | {At(steady, 1):f1} ms | {rate:n0} | {At(full, .99):f1} ms "
                    + $"| {watch.Elapsed.TotalSeconds:f1} s |"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Sends events and returns how long each waited, in milliseconds. At a rate, an event waits from when it was to be sent: a late one
    /// counts as waiting.
    /// </summary>
    private static async Task<double[]> SendAsync(Uri address, ReadOnlyMemory<byte[]> requests, int? rate)
    {
        var waits = new double[requests.Length];
        var next = -1;
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Load.ConnectAsync(address)));
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            using var ending = connection;
            int number;
            while ((number = Interlocked.Increment(ref next)) < requests.Length)
            {
                var due = begun;
                if (rate is { } persecond)
                {
                    due += (long)number * Stopwatch.Frequency / persecond;
                    var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                    if (left > TimeSpan.FromMilliseconds(1))
                        await Task.Delay(left);
                }
                else
                {
                    due = Stopwatch.GetTimestamp();
                }

                if (await connection.SendAsync(requests.Span[number]) is var status and not 200)
                    throw new InvalidOperationException($"Event {number} was answered {status}.");
                waits[number] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            }
        })));
        return [.. waits.Order()];
    }

    private static async Task LeftAsync(Uri address)
    {
        using var http = new HttpClient();
        while (await http.GetStringAsync(new Uri(address, "/left")) != "0")
            await Task.Delay(50);
    }

    private static double At(double[] sorted, double part) => sorted[(int)((sorted.Length - 1) * part)];

    private static byte[] Sign(RSA rsa, string id)
    {
        var data = new JsonObject
        {
            ["id"] = id, ["entityFqdn"] = "wix.contacts.v4.contact", ["slug"] = "created", ["entityId"] = id,
            ["eventTime"] = DateTimeOffset.UtcNow.ToString("O"),
            ["createdEvent"] = new JsonObject { ["entity"] = new JsonObject { ["name"] = new string('n', 800) } },
        };
        var envelope = new JsonObject
        {
            ["eventType"] = EventSite.EventType, ["instanceId"] = "i-1", ["data"] = data.ToJsonString(),
            ["identity"] = """{"identityType":"MEMBER","memberId":"m-1"}""",
        };
        var claims = new JsonObject { ["data"] = envelope.ToJsonString(), ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() };
        var text = $"{Part("""{"kid":"k","alg":"RS256"}""")}.{Part(claims.ToJsonString())}";
        byte[] signature;
        lock (rsa)
            signature = rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var body = $"{text}.{Base64Url.EncodeToString(signature)}";
        return Encoding.ASCII.GetBytes(
            $"POST {EventSite.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
