using Adversary.Tests.Requests;

namespace Adversary.Tests.Generation;

/// <summary>Credentials: each in its correct form, and in every incorrect one.</summary>
internal static class Identities
{
    public static readonly string[] Persons =
    [
        "visitor", "ada", "grace", "user", "app", "visitor-elsewhere", "member-elsewhere", "user-elsewhere", "app-elsewhere", "bare",
        "bare-elsewhere", "bare-user",
        "expired", "inactive", "foreign", "revoked",
    ];

    private static readonly string[] Members = ["ada", "grace"];

    private static readonly Field[] OwnPage = [new("Origin", "http://{{host}}"), new("Sec-Fetch-Site", "same-origin")];

    /// <summary>The headers that a browser adds to a request of another site's page.</summary>
    public static readonly Field[] ForeignPage =
        [new("Origin", "https://evil.example"), new("Sec-Fetch-Site", "cross-site"), new("Sec-Fetch-Mode", "no-cors")];

    /// <summary>Credentials, and whose things a request with them should be about.</summary>
    public static (Field[] Fields, string Person) Any(Choices choices)
    {
        var (one, other, member) = (choices.Pick(Persons), choices.Pick(Persons), choices.Pick(Members));
        Field[] fields = choices.Number(0, 9) switch
        {
            0 => [],
            1 or 2 => [Token(one)],
            3 => [new("Authorization", "Bearer {{token:" + one + "}}")],
            4 or 5 => [Cookie("{{cookie:" + member + "}}"), .. Page(choices)],
            6 => [Cookie("{{cookie:" + member + "}}"), Token(one)],
            7 => OddTokens(choices, one, other),
            8 => [.. OddCookies(choices, one), .. Page(choices)],
            _ => [Cookie("account={{account:alan}}" + (choices.Chance(0.5) ? "; {{cookie:" + member + "}}" : "")), .. Page(choices)],
        };
        var person = fields.Length == 0 || choices.Chance(0.1)
            ? other : fields.Any(static field => field.Loose == "authorization") ? one : member;
        return (fields, person);
    }

    public static Field Token(string person) => new("Authorization", "{{token:" + person + "}}");

    public static Field Cookie(string cookies) => new("Cookie", cookies);

    private static Field[] Page(Choices choices) => choices.Number(0, 5) switch
    {
        0 => [],
        1 => ForeignPage,
        2 => [new("Origin",
            choices.Pick("null", "http://{{host}}.evil.example", "http://evil.example", "HTTP://{{host}}", "http://127.0.0.1",
                "http://{{host}}/", "file://"))],
        3 => [new("Sec-Fetch-Site", choices.Pick("same-site", "none", "cross-site", "same-origin, cross-site", "Same-Origin", "")),
            OwnPage[0]],
        _ => OwnPage,
    };

    private static Field[] OddTokens(Choices choices, string one, string other)
    {
        string first = "{{token:" + one + "}}", second = "{{token:" + other + "}}";
        return choices.Number(0, 9) switch
        {
            0 => [Token(one), Token(other)],
            1 => [new("Authorization", first + ", " + second)],
            2 => [new("Authorization",
                choices.Pick("Token ", "Basic ", "bearer  ", "Bearer:", "Bearer\t", "JWT ", "Negotiate ", "Bearer Bearer ") + first)],
            3 => [new("Authorization", first, choices.Pick(" : ", "\t:", ":", ":\t"))],
            4 => [new(choices.Pick("authorization", "AUTHORIZATION", "Authorization ", "Authorization_", "X-Authorization",
                "Proxy-Authorization", "\u0000Authorization"), first)],
            5 => [new("Authorization", first + choices.Pick(" ", ";", "\t", ",", "\"", "\u0000", "\u00ff"))],
            6 => [new("Authorization",
                choices.Pick("Basic YTpi", "Bearer", "Bearer ", "", "undefined", "null", choices.Word(40), "Bearer " + choices.Word(400),
                    choices.Word(9000)))],
            7 => [new("Authorization", "x\r\n " + first)],
            8 => [new("Authorization", "Basic YTpi"), Token(one)],
            _ => [Token(one), new("Authorization", "")],
        };
    }

    private static Field[] OddCookies(Choices choices, string one)
    {
        const string Ada = "{{session:ada}}", Grace = "{{session:grace}}", Name = "{{session-name}}";
        var like = choices.Pick("WIXSESSION", "__host-wixSession", "wixsession", "WixSession", " {{session-name}}", "{{session-name}} ",
            "\"{{session-name}}\"", "{{session-name}}C1", "%77ixSession");
        return choices.Number(0, 9) switch
        {
            0 => [Cookie($"{Name}={Ada}; {like}={Grace}")],
            1 => [Cookie($"{like}={Grace}; {Name}={Ada}")],
            2 => [Cookie($"{Name}={Ada}; {Name}={Grace}")],
            3 => [Cookie($"{Name}={Ada}"), Cookie($"{Name}={Grace}")],
            4 => [Cookie($"{like}={Ada}")],
            5 => [Cookie($"{Name}={{{{made:{one}}}}}")],
            6 => [Cookie($"a=\"; {Name}={Ada}; b=\"; {Name}={Grace}")],
            7 => [Cookie($"{Name}=chunks-{choices.Number(0, 9)}; {Name}C1={Ada}; {Name}C2={Grace}")],
            8 => [new(choices.Pick("cookie", "Cookie ", "Cookie2", "X-Cookie"), $"{Name}={Ada}")],
            _ => [Cookie($"{Name}={choices.Pick(Ada + "x", choices.Word(50), "", "%00", "{{made:" + one + "}}x")}, {Name}={Grace}")],
        };
    }
}
