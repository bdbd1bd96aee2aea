using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Endpoints.Memory;
using Endpoints.Wix.Memory;
using Endpoints.Wix.RateLimiting;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>
/// Everything that remembers something beyond a request: who may add to it, what is dropped for it, and how much there is at most.
/// </summary>
public sealed class BoundedMemoryTests
{
    /// <summary>
    /// A row for each field of the library that holds many things; a new one fails the test until somebody has thought about it.
    /// </summary>
    private static readonly Dictionary<string, (string WhoAdds, string WhatIsDropped, string Bound)> Rows = new()
    {
        ["SiteOrigin._allowed"] = ("the application's own settings", "nothing", "the settings"),
        ["TokenInspector._accepted"] =
            ("tokens of members, users and apps that Wix accepted", "the least used of them", "TokenInfo.CacheSize"),
        ["TokenInspector._visitors"] =
            ("tokens of visitors that Wix accepted", "the least used of them: no member's", "TokenInfo.CacheSize"),
        ["TokenInspector._refused"] =
            ("tokens that Wix refused, 300 a minute from one address",
                "the least used of them: asking again costs a call within the budget", "10,000"),
        ["TokenInspector._names"] = ("ids of sites, instances and clients in tokens that Wix accepted", "the least used", "4,096"),
        ["TokenInspector._flights"] = ("tokens that are being asked about", "nothing: each ends by itself", "requests under way"),
        ["AppTokens._kept"] = ("instances that Wix's token-info or the configuration named", "the least used", "10,000"),
        ["AppTokens._rejections"] = ("the same, when Wix itself refused the app's token", "the least used", "10,000"),
        ["AppTokens._renewals"] = ("the same, while they are renewed", "nothing: each ends by itself", "requests under way"),
        ["SessionRenewals._renewed"] = ("sessions that Wix renewed", "of the network that has most, the one that expires first",
            "10,000, until a day after the token expires"),
        ["SessionRenewals._refused"] =
            ("refresh tokens that Wix refused", "of the network that has most", "10,000, for TokenInfo.RefusedCacheDuration"),
        ["SessionRenewals._failing"] = ("sessions whose renewal failed", "of the network that has most", "10,000, for 5 seconds"),
        ["SessionRenewals._flights"] = ("sessions that are being renewed", "nothing: each ends by itself", "requests under way"),
        ["EndedSessions._confirmed"] = ("sessions that Wix confirmed to be a member's, and protected cookies'",
            "of the member who has logged out most", "100,000, for 30 days"),
        ["EndedSessions._unconfirmed"] =
            ("what anybody may have made up, within LoginsPerMinute", "of the network that has most", "5,000, for 30 days"),
        ["UsedStates._used"] =
            ("states of this application's own cookies", "of the network that has most, the one that ends first", "50,000, for 10 minutes"),
        ["DataPatch._changes"] = ("the application's own code, for one change", "nothing", "the change"),
        ["WixMessage._changed"] = ("the application's own code, on one message", "nothing", "the message's members"),
        ["IdentityHandler.Sent"] = ("nobody: the names of headers are fixed", "nothing", "3"),
        ["IdentityHandler.Dropped"] = ("nobody: the names of headers are fixed", "nothing", "fixed"),
        ["Consistency._kept"] = ("confirmed members, users and apps, and the API key's sites", "the least used", "10,000"),
        ["Consistency._visitors"] = ("confirmed visitors", "the least used of them: no member's", "10,000"),
        ["IdentificationBudget.Refused"] =
            ("networks with refused tokens", "of the neighbourhood that has most, the least used", "100,000, for a minute"),
        ["IdentificationBudget.InAll"] = ("one key", "nothing", "1"),
        ["Lanes._lanes"] = ("networks with questions under way", "nothing: each goes with its last question", "requests under way"),
        ["Lanes._clean"] = ("lanes", "nothing", "requests under way"),
        ["Lanes._refused"] = ("lanes", "nothing", "requests under way"),
        ["Lane.Waiting"] =
            ("questions that wait", "nothing: who finds 20,000 waiting is told so", "requests under way, each for Resilience.TokenTimeout"),
        ["BrowserFlowLimit._begun"] = ("the kinds of flows", "nothing", "6"),
        ["CallBudget._pauses"] = ("instances on which Wix refused calls for their number", "the least used", "10,000"),
        ["GuardProof.Known"] = ("types that the application's endpoints are made of", "with their assemblies", "the application's code"),
        ["TokenOwner.Readers"] = ("types of the application's authentication schemes", "nothing", "the application's code"),
        ["ElevatedPageGrant._validations"] = ("Razor Pages of the application", "with their pages", "the application's pages"),
        ["RateLimitScopes._written"] = ("limits and routes of the application", "nothing", "the application's endpoints"),
        ["RateLimitScopes._named"] = ("rules of the application and the routes that name them", "nothing", "the application's endpoints"),
        ["LimitPlaces._taken"] = ("limits of one endpoint", "with what was made for it", "the endpoint's limits"),
        ["RequestQueues._queues"] = ("requests over limits with a queue", "nothing: each goes after the time that its rule sets",
            "the rule's QueueLimit, and RequestQueues.Most for all"),
        ["RequestCaller._all"] = ("endpoints that one request comes to", "with the request", "the application's apps"),
        ["HeldPlace.waiting"] = ("limits of one request", "with the request", "the endpoint's limits"),
        ["LimitedEndpoints._limited"] = ("endpoints of the application", "with their endpoints", "the application's endpoints"),
        ["ConfiguredScopes._known"] = ("rules of the configuration", "nothing", "the configuration and its changes"),
        ["ConfiguredRange._parts"] = ("the configuration", "with the configuration of before", "the configuration"),
        ["ConfiguredLimits._clients"] = ("the configuration", "with the configuration of before", "the configuration"),
        ["MemoryRateLimitStore._addresses"] =
            ("networks that called an endpoint", "of the neighbourhood that has most, the least used", "MaxKeys"),
        ["MemoryRateLimitStore._others"] =
            ("verified callers, and what the application's own functions return", "the least used", "MaxKeys"),
        ["InboxSession._statements"] = ("the library's own statements", "with the open file", "the number of statements"),
        ["InboxWriter._waiting"] = ("operations on the inbox file", "nothing: who finds the queue full is told so", "20,000"),
        ["RemovedInstances._removals"] = ("instances that Wix has signed as removed", "the least used", "10,000"),
        ["ToolContracts._validators"] = ("the types of tools' requests", "nothing", "the application's tools"),
        ["MappedRegistry`1._sources"] = ("the application's own code", "nothing", "the mapped assemblies"),
        ["InboxWorker._running"] = ("stored events that are being handled", "nothing: each goes with its handler", "Inbox.Concurrency"),
        // How the bounded ones are made.
        ["BoundedCache`2._entries"] = ("its owner", "the least used", "its capacity"),
        ["FairCache`2._slots"] = ("its owner", "as the table's", "its capacity"),
        ["FairTable`2._groups"] = ("its owner", "with its last member", "its capacity"),
        ["FairTable`2._bySize"] = ("its owner", "nothing", "its capacity"),
        ["Group.Members"] = ("its table", "with its place", "its table's capacity"),
        ["FixedWindows`1._windows"] = ("its owner", "as the table's", "its capacity"),
        ["NetworkWindows._windows"] = ("its owner", "as the table's", "its capacity"),
        ["ServiceScope._coverages"] = ("the application's own endpoints", "those that are gone", "the endpoints"),
        ["LinkedToken.Unused"] = ("calls that have ended", "nothing: what is too much is not kept", "256"),
        ["SingleFlight`2._flights"] = ("its owner", "nothing: each ends by itself", "requests under way"),
    };

    private static readonly Type[] Collections =
    [
        typeof(ConcurrentDictionary<,>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(List<>), typeof(Queue<>),
        typeof(ConcurrentQueue<>), typeof(ConcurrentBag<>), typeof(Stack<>),
        typeof(BlockingCollection<>), typeof(LinkedList<>), typeof(SortedSet<>), typeof(SortedDictionary<,>), typeof(PriorityQueue<,>),
        typeof(ConditionalWeakTable<,>),
        typeof(BoundedCache<,>), typeof(BitFaster.Caching.Lfu.ConcurrentLfu<,>), typeof(FairTable<,>), typeof(FairCache<,>),
        typeof(FixedWindows<>), typeof(SingleFlight<,>), typeof(System.Threading.RateLimiting.PartitionedRateLimiter<>),
    ];

    [Fact]
    public void S63_Whatever_remembers_many_things_is_known_with_who_adds_and_what_is_dropped()
    {
        var fields = typeof(WixOptions).Assembly.GetTypes().Concat(typeof(WixClientOptions).Assembly.GetTypes())
            .Concat(typeof(FairTable<,>).Assembly.GetTypes()
                .Where(static type => type.Namespace is { } space
                    && (space == "Endpoints.Memory" || space.StartsWith("Endpoints.RateLimiting", StringComparison.Ordinal))))
            .Where(static type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                && !type.Name.Contains('<', StringComparison.Ordinal) && LivesLong(type))
            .SelectMany(
                static type =>
                    type.GetFields(
                        BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(static field => IsCollection(field.FieldType))
            .Select(static field => $"{field.DeclaringType!.Name}.{NameOf(field)}")
            .Order(StringComparer.Ordinal)
            .ToList();

        var unknown = string.Join(", ", fields.Except(Rows.Keys));
        Assert.True(unknown.Length == 0, $"No row says who adds to {unknown}");
        Assert.Empty(Rows.Keys.Except(fields));
    }

    [Fact]
    public void S63_A_flood_of_one_network_drops_its_own()
    {
        var clock = new TestClock();
        var cache = new FairCache<string, object>(1000, clock);
        var value = new object();
        for (var i = 0; i < 500; i++)
            cache.Set($"honest-{i}", (ulong)i, value, clock.GetUtcNow().AddHours(1));

        for (var i = 0; i < 100_000; i++)
            cache.Set($"made-up-{i}", 9999, value, clock.GetUtcNow().AddDays(1));

        Assert.InRange(cache.Count, 1, 1000);
        Assert.All(Enumerable.Range(0, 500), i => Assert.True(cache.TryGet($"honest-{i}", out _)));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.All(Enumerable.Range(0, 500), i => Assert.False(cache.TryGet($"honest-{i}", out _)));
    }

    [Fact]
    public async Task S63_What_is_remembered_is_found_while_a_flood_comes_and_goes()
    {
        var clock = new TestClock();
        var cache = new FairCache<string, object>(100, clock);
        var value = new object();
        for (var i = 0; i < 50; i++)
            cache.Set($"honest-{i}", (ulong)i, value, clock.GetUtcNow().AddHours(1));
        using var enough = new CancellationTokenSource();
        var flood = Task.Run(() =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
                cache.Set($"made-up-{i}", 9999, value, clock.GetUtcNow().AddDays(1));
        });

        var missed = 0;
        for (var i = 0; i < 2_000_000; i++)
            missed += cache.TryGet($"honest-{i % 50}", out _) ? 0 : 1;

        await enough.CancelAsync();
        await flood;
        Assert.Equal(0, missed);
    }

    // What is made for a request, an answer, an endpoint or the start goes with it.
    private static bool LivesLong(Type type) =>
        type.Namespace?.StartsWith("Endpoints.Shared", StringComparison.Ordinal) != true && !typeof(Exception).IsAssignableFrom(type)
            && !typeof(Attribute).IsAssignableFrom(type) && type.Namespace is not (
        "Endpoints.Wix.Elevation.Bodies" or "Endpoints.Wix.Problems" or "Endpoints.Wix.Elevation.Actions" or "Endpoints.Wix.Binding"
            or "Endpoints.Wix.Elevation.Checks"
        or "Endpoints.Wix.Elevation.Locking") && type != typeof(WixOptions) && type != typeof(WixClientOptions)
        && type != typeof(WixArguments);

    private static bool IsCollection(Type type)
    {
        for (var current = type.GetElementType() ?? type; current is not null; current = current.BaseType)
        {
            if (current.IsGenericType && Collections.Contains(current.GetGenericTypeDefinition()))
                return true;
        }

        return false;
    }

    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
