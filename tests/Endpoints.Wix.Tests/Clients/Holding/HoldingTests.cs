namespace Endpoints.Wix.Tests.Clients.Holding;

/// <summary>
/// Two users inside at once, through services that live longer than a request: each call is made as its own user's, or not at all.
/// </summary>
public sealed class HoldingTests
{
    private const string Both = "called called";
    private const string OnlyFirst = "called refused";
    private const string Neither = "refused refused";

    /// <summary>Clients that outlive a request, the caller's own calls with them, and elevated ones.</summary>
    public static TheoryData<string, string, string> Table => new()
    {
        { "scoped", Both, Both },
        { "transient", Both, Both },
        { "child-scope", Both, Both },
        { "singleton", Both, Both },
        { "typed", Both, Both },
        { "handler", Both, Both },
        { "primary-handler", Both, Both },
        { "pool", Both, Both },
        { "options", Both, Both },
        { "task", Both, Both },
        { "thread", Both, Both },
        { "static", OnlyFirst, OnlyFirst },
        { "kept-delegate", OnlyFirst, OnlyFirst },
        { "worker", Neither, Neither },
        { "worker-with-own", Neither, Neither },
        { "lazy-worker", OnlyFirst, OnlyFirst }, // its loop is the first one's work
        { "suppressed", Neither, Neither },
        { "middleware", Both, Neither },
        { "factory-middleware", Both, Neither },
        { "policy", Both, Neither },
        { "filter", Both, Neither },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task S58_Two_users_inside_at_once_call_as_themselves_or_not_at_all(string holder, string own, string elevated)
    {
        var site = await HoldingSite.StartAsync();
        try
        {
            foreach (var client in holder == "kept-delegate" ? ["delegate"] : Bag.Callers.Concat(Bag.Elevated))
            {
                // A worker of the application is no request, and the key is for such.
                var expected = (holder, client) is ("worker", "key") ? Both : Bag.Callers.Contains(client) ? own : elevated;
                var meeting = new Meeting(holder, client, site.AddUser("ada " + client), site.AddUser("bob " + client),
                    client.Replace(' ', '-'));
                var (first, second) = await site.MeetAsync(meeting);

                Assert.Equal((client, expected), (client, $"{first} {second}"));
                site.AssertOwn(meeting, first, second);
                if (holder is "static" or "lazy-worker") // which keep the first request for ever
                {
                    await site.DisposeAsync();
                    site = await HoldingSite.StartAsync();
                }
            }
        }
        finally
        {
            await site.DisposeAsync();
        }
    }

    [Fact]
    public async Task S58_Five_hundred_interleaved_rounds_of_all_holders_clients_and_users_never_cross()
    {
        const int Rounds = 520;
        const int AtOnce = 16;
        await using var site = await HoldingSite.StartAsync();
        var users = Enumerable.Range(0, 12).Select(number => site.AddUser($"user{number}")).ToArray();
        string[] holders = [.. Table.Select(static row => (string)row[0]).Where(static holder => holder != "kept-delegate")];
        string[] clients = [.. Bag.Callers, .. Bag.Elevated];
        var random = new Random(58);
        var meetings = Enumerable.Range(0, Rounds).Select(round =>
        {
            random.Shuffle(users);
            return new Meeting(holders[random.Next(holders.Length)], clients[random.Next(clients.Length)], users[0], users[1], "r" + round);
        }).ToArray();

        var outcomes = new (string First, string Second)[Rounds];
        await Parallel.ForAsync(0, Rounds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (round, _) => outcomes[round] = await site.MeetAsync(meetings[round]));

        foreach (var (meeting, (first, second)) in meetings.Zip(outcomes))
            site.AssertOwn(meeting, first, second);
        Assert.Contains(outcomes, static outcome => outcome == (Work.Called, Work.Called));
        Assert.Contains(outcomes, static outcome => outcome.Second == Work.Refused);
    }
}
