using System.Globalization;
using Adversary.Tests.Generation;
using Adversary.Tests.Hosting;
using Adversary.Tests.Judging;
using Adversary.Tests.Requests;
using Xunit.Abstractions;

namespace Adversary.Tests;

/// <summary>The standing adversary: attacks the published reference application, and it holds.</summary>
public sealed class AdversaryTests(PublishedSite published, ITestOutputHelper output) : IClassFixture<PublishedSite>
{
    private const int DefaultSeed = 20250519;
    private const int DefaultSeconds = 120;

    // By count, so that every machine tries the same.
    private const int DefaultRequests = 20_000;

    public static TheoryData<string> Holes => new("unguarded", "ambient", "header", "echo", "log", "throws", "hoards", "dies");

    [Fact]
    public async Task Attacks_find_nothing()
    {
        var seed = Setting("ENDPOINTS_ADVERSARY_SEED", DefaultSeed);
        await using var arena = await Arena.StartAsync(published);
        var campaign = new Campaign(arena, seed);

        var seconds = Setting("ENDPOINTS_ADVERSARY_SECONDS", 0);
        var found = seconds > 0
            ? await campaign.RunAsync(TimeSpan.FromSeconds(seconds))
            : await campaign.RunAsync(TimeSpan.FromSeconds(DefaultSeconds), DefaultRequests);

        output.WriteLine(campaign.Summary);
        Console.WriteLine(campaign.Summary);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [MemberData(nameof(Holes))]
    public async Task An_application_with_a_hole_is_found_out(string hole)
    {
        await using var arena = await Arena.StartAsync(published, hole, SiteMode.Protected);
        var campaign = new Campaign(arena, DefaultSeed);

        var found = await campaign.RunAsync(TimeSpan.FromSeconds(60), enough: 1, shrinkSeconds: 2);

        output.WriteLine(campaign.Summary + string.Join('\n', found));
        Assert.NotEmpty(found);
    }

    [Fact]
    public async Task What_was_found_once_is_not_there_any_more()
    {
        await using var arena = await Arena.StartAsync(published);
        var (gun, judge) = (new Gun(arena), new Judge(arena, new()));
        foreach (var file in Directory.GetFiles(PublishedSite.Found, "*.http").Order(StringComparer.Ordinal))
        {
            var conversation = ConversationText.Read(await File.ReadAllTextAsync(file));
            foreach (var mode in arena.Modes)
            {
                var violations = await judge.JudgeAsync([await gun.FireAsync(conversation with { Site = mode }, CancellationToken.None)],
                    CancellationToken.None);
                Assert.True(violations.Count == 0, $"{Path.GetFileName(file)}: {string.Join('\n', violations)}");
            }
        }
    }

    [Fact]
    public async Task Everybody_whom_the_lock_lets_in_gets_in_and_nobody_else()
    {
        await using var arena = await Arena.StartAsync(published);
        var (gun, theLock) = (new Gun(arena), new SiteLock());
        var judge = new Judge(arena, theLock);
        foreach (var surface in Surface.All)
        {
            Person[] persons = [.. arena.Platform.Persons.Values.Where(static person => person is { IsKnown: true, Instance: not null })];
            var fired = await gun.FireAsync(
                persons.Select(person => new Conversation(Wire.Http1, SiteMode.Protected, Plain(surface, person))), CancellationToken.None);

            Assert.Empty(await judge.JudgeAsync(fired, CancellationToken.None));
            if (theLock.Callers(surface.Endpoint) is not { } callers)
                continue;
            foreach (var (person, one) in persons.Zip(fired))
            {
                var isIn = callers.Contains(person.Kind) && (!theLock.IsForStaff(surface.Endpoint) || person == arena.Platform.Staff);
                var answer = Assert.Single(one.Exchange.Answers);
                Assert.True(isIn == answer.Status is 200 or 101, $"{surface.Endpoint} as {person}: {answer}");
            }
        }

        Assert.Empty(theLock.Endpoints.Where(static endpoint => !endpoint.Contains("**", StringComparison.Ordinal)).Except(judge.Reached));
    }

    private static Shot Plain(Surface surface, Person person) =>
        surface.Plain([Identities.Token(person.Name), Identities.Cookie("account={{account:alan}}")], person.Name);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
