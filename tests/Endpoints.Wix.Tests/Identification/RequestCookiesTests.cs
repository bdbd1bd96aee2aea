using Endpoints.Wix.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Wix.Tests.Identification;

public sealed class RequestCookiesTests
{
    [Fact]
    public void S62_Whatever_is_sent_the_one_value_that_a_strict_reader_sees_is_read_or_none()
    {
        const string Name = "__Host-wixSession";
        string[] pieces =
        [
            Name, Name.ToUpperInvariant(), "__host-wixsession", "wixSession", "WIXSESSION", "=", "=", "=", ";", "; ", ";", ",", " ", "\t",
            "\"", "\\", "victim", "attacker", "a=b", "$Version=1", "%3D", "%77ixSession",
            "\0", "\r\n", "ä", "\u00a0", ".", Name + "=victim", Name + "=victim; ", "; " + Name + "=attacker", "'",
        ];
        var headers = Gen.Choose(1, 8).SelectMany(count => Gen.Elements(pieces).ListOf(count)).Select(static parts => string.Concat(parts));
        var lines = Gen.Choose(1, 2).SelectMany(count => headers.ListOf(count)).Select(static all => all.ToArray());
        var read = 0;

        Prop.ForAll(lines.ToArbitrary(), all =>
        {
            var request = new DefaultHttpContext { Request = { Protocol = all.Length > 1 ? "HTTP/2" : "HTTP/1.1" } }.Request;
            request.Headers.Cookie = all;
            var value = RequestCookies.Find(request, Name, out _);
            read += value is null ? 0 : 1;
            // Everybody's readings of this name in any spelling, the strict one among them.
            var framework = request.Cookies.TryGetValue(Name, out var theirs) ? theirs : null;
            var strict = all.SelectMany(static header => header.Split(';')).Select(static pair => pair.Trim(' '))
                .Where(static pair => pair.StartsWith(Name + "=", StringComparison.Ordinal))
                .Select(static pair => pair[(Name.Length + 1)..]).Distinct().ToList();
            return value is null
                || (strict.Count == 1 && strict[0] == value && (framework is null || framework == Uri.UnescapeDataString(value)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50_000));

        Assert.InRange(read, 100, 50_000);
    }
}
