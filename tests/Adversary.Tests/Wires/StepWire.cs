using System.Net;
using System.Text.RegularExpressions;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Wires;

/// <summary>
/// HTTP/1.1, each request on a connection of its own after the one before is answered; later ones may name what the first answer gave.
/// </summary>
internal sealed partial class StepWire : IWire
{
    private readonly Http1Wire _wire = new();

    public async Task<Exchange> SendAsync(IPEndPoint server, IReadOnlyList<Shot> shots, CancellationToken ct)
    {
        var all = new Exchange([], "", []);
        string? connection = null;
        foreach (var shot in shots)
        {
            var exchange =
                await _wire.SendAsync(server,
                    [shot with { Target = shot.Target.Replace(Filler.Connection, connection ?? "none", StringComparison.Ordinal) }], ct);
            connection ??= ConnectionToken().Match(exchange.Received) is { Success: true } match ? match.Groups[1].Value : null;
            all = new([.. all.Ports, .. exchange.Ports], all.Received + exchange.Received, [.. all.Answers, .. exchange.Answers]);
        }

        return all;
    }

    [GeneratedRegex("\"connectionToken\":\"([^\"]+)\"")]
    private static partial Regex ConnectionToken();
}
