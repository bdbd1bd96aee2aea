using System.Globalization;

namespace Endpoints.Redis.Tests;

/// <summary>Three real redis-servers that are one cluster.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private const int Slots = 16_384;

    private RedisCluster(RedisServer[] servers) => Servers = servers;

    public RedisServer[] Servers { get; }

    public string Addresses => string.Join(',', Servers.Select(static server => server.Address));

    public static async Task<RedisCluster> StartAsync()
    {
        var cluster = new RedisCluster([.. Enumerable.Range(0, 3).Select(static _ => new RedisServer
        {
            Arguments = ["--cluster-enabled", "yes", "--cluster-config-file", $"endpoints-{Guid.NewGuid():n}.conf", "--cluster-port",
                RedisServer.FreePort().ToString(CultureInfo.InvariantCulture), "--cluster-node-timeout", "2000"],
        })]);
        for (var i = 0; i < 3; i++)
        {
            await cluster.Servers[i].StartAsync();
            await cluster.Servers[i].CommandAsync("CLUSTER", "ADDSLOTSRANGE", Slots * i / 3, (Slots * (i + 1) / 3) - 1);
        }

        foreach (var other in cluster.Servers.Skip(1))
            await cluster.Servers[0].CommandAsync("CLUSTER", "MEET", "127.0.0.1", other.Port, other.Arguments[5]);
        for (var tries = 0; tries < 300; tries++)
        {
            var ready = 0;
            foreach (var server in cluster.Servers)
            {
                var info = (string)(await server.CommandAsync("CLUSTER", "INFO"))!;
                ready += info.Contains("cluster_state:ok", StringComparison.Ordinal)
                    && info.Contains("cluster_known_nodes:3", StringComparison.Ordinal) ? 1 : 0;
            }

            if (ready == 3)
                return cluster;
            await Task.Delay(100);
        }

        await cluster.DisposeAsync();
        throw new TimeoutException("The three servers are no cluster.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
            File.Delete(Path.Combine(Path.GetTempPath(), server.Arguments[3]));
        }
    }
}
