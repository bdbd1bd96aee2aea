using Adversary.Tests.Requests;

namespace Adversary.Tests.Generation;

/// <summary>Talks to SignalR hubs over WebSockets and long polling; a connection may be begun by one caller and used by another.</summary>
internal static class Hubs
{
    private const string End = "\u001e";

    private static readonly string[] Calls =
    [
        """{"type":1,"invocationId":"1","target":"Who","arguments":[]}""",
        """{"type":1,"invocationId":"2","target":"User","arguments":[]}""",
        """{"type":1,"invocationId":"3","target":"Act","arguments":[]}""",
        """{"type":1,"invocationId":"4","target":"Take","arguments":[{"quantity":3,"caller":{"kind":"App"}}]}""",
        """{"type":1,"target":"OnConnectedAsync","arguments":[]}""", """{"type":6}""", """{"type":1}""", "{", "null",
        """{"type":1,"invocationId":"5","target":"Take","arguments":[1,2,3]}""",
        """{"type":1,"invocationId":"6","target":"Dispose","arguments":[]}""",
    ];

    public static Conversation Next(SiteMode site, Choices choices)
    {
        var hub = choices.Pick("/hub", "/hub-open");
        // Half of them get in, so that there is something to do inside.
        var first = choices.Chance(0.5) ? [Identities.Token(choices.Pick("ada", "grace", "user"))] : Identities.Any(choices).Fields;
        var second = choices.Chance(0.6) ? first : Identities.Any(choices).Fields;
        var messages = string.Concat(Enumerable.Range(0, choices.Number(1, 4)).Select(_ => choices.Pick(Calls) + End));
        var opening = """{"protocol":"json","version":1}""" + End;
        Shot[] shots = choices.Number(0, 2) switch
        {
            0 => [Shot("GET", hub + "?", first, Socket()) with { Body = opening + "\n" + messages }],
            1 => [Negotiate(hub, first),
                Shot("GET", hub + "?id={{connection}}&", second, Socket()) with { Body = opening + "\n" + messages }],
            _ =>
            [
                Negotiate(hub, first), Shot("GET", hub + "?id={{connection}}&", first), Post(hub, second, opening),
                Post(hub, second, messages), Shot("GET", hub + "?id={{connection}}&", second),
                Shot("DELETE", hub + "?id={{connection}}&", choices.Pick(first, second)),
            ],
        };
        return new(Wire.Steps, site, shots);
    }

    private static Shot Negotiate(string hub, Field[] who) =>
        Shot("POST", hub + "/negotiate?negotiateVersion=1&", who, new Field("Content-Length", "0"));

    private static Shot Post(string hub, Field[] who, string body) =>
        Shot("POST", hub + "?id={{connection}}&", who, new("Content-Type", "text/plain"),
            new("Content-Length", "{{length}}")) with { Body = body };

    private static Shot Shot(string method, string target, Field[] who, params Field[] more) =>
        new(method, target + "m={{marker}}",
            [new("Host", "{{host}}"), new("X-Marker", "{{marker}}"), new("X-Private", "{{private}}"), .. who, .. more]) { Surface = "hub" };

    private static Field[] Socket() =>
        [new("Connection", "Upgrade"), new("Upgrade", "websocket"), new("Sec-WebSocket-Version", "13"),
            new("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")];
}
