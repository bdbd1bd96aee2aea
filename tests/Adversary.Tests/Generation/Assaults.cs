using System.Collections.Immutable;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Generation;

/// <summary>
/// Makes conversations from a seed. Why not FsCheck: its properties judge one value at a time, and here many conversations run side by side
/// under one judgement, for a time.
/// </summary>
internal sealed class Assaults(int seed, IReadOnlyList<SiteMode> modes)
{
    private readonly Choices _choices = new(seed);

    public IReadOnlyList<Conversation> Batch(int size) => [.. Enumerable.Range(0, size).Select(_ => Next())];

    private Conversation Next()
    {
        var site = _choices.Pick(modes);
        if (_choices.Chance(0.06))
            return Hubs.Next(site, _choices);
        var wire = _choices.Pick(Wire.Http1, Wire.Http1, Wire.Http1, Wire.Http2, Wire.Frames);
        return new(wire, site, Enumerable.Range(0, _choices.Number(1, 5)).Select(_ => Shot(wire)).ToImmutableArray());
    }

    private Shot Shot(Wire wire)
    {
        var surface = _choices.Pick(Surface.All);
        var (fields, person) = Identities.Any(_choices);
        // A real logout would end the session that everything else is tried with.
        if (surface.Target.Contains("logout", StringComparison.Ordinal))
            fields = [.. fields.Where(static field => field.Loose != "cookie"), Identities.Cookie("{{cookie:leaving}}")];
        var shot = surface.Plain(fields, person);
        if (shot.IsUpgrade && wire == Wire.Frames)
            shot = shot with { Method = "CONNECT", Fields = shot.Fields.Add(new(":protocol", "websocket")) };
        for (var left = _choices.Number(0, 4); left > 0; left--)
        {
            shot = _choices.Number(0, 11) switch
            {
                0 => Headers.Method(shot, _choices),
                1 or 2 or 3 => Targets.Tamper(shot, _choices),
                4 or 5 => Headers.Add(shot, _choices),
                6 => Headers.Rewrite(shot, _choices),
                7 or 8 or 9 => Bodies.Tamper(shot, _choices),
                10 when wire == Wire.Http1 && _choices.Chance(0.4) => Framing.Tamper(shot, _choices),
                11 when _choices.Chance(0.3) => Upgraded(shot),
                _ => shot,
            };
        }

        return shot;
    }

    /// <summary>Upgrade requests to endpoints that are no sockets.</summary>
    private Shot Upgraded(Shot shot) => shot.IsUpgrade || shot.Method != "GET" ? shot : shot.With(
        new Field("Connection", _choices.Pick("Upgrade", "keep-alive, Upgrade")),
        new("Upgrade", _choices.Pick("websocket", "WebSocket", "h2c", "x")),
        new("Sec-WebSocket-Version", _choices.Pick("13", "8")), new("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
}
