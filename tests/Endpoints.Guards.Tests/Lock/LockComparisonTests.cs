using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Guards.Tests.Lock;

public sealed class LockComparisonTests
{
    private static readonly string[] Kinds = ["Visitor", "Member", "User", "App"];

    // Each row: the lock's guards, the code's, and what is said. Guards are written as "callers; limit; name=values".
    [Theory]
    [InlineData("Member", "Member, Visitor", "it is open to Visitor (the lock has Member)")]
    [InlineData("Member", "Visitor", "it is open to Visitor (the lock has Member)")]
    [InlineData("Member", "Member, User, App", "it is open to User, App (the lock has Member)")]
    [InlineData("Member", "?", "its callers can't be seen in the code (the lock has Member)")]
    [InlineData("Member; 30/1m", "Member", "it has no rate limit (the lock has 30/1m)")]
    [InlineData("Member; 30/1m", "Member; 31/1m", "its rate limit is 31/1m (the lock has 30/1m)")]
    [InlineData("Member; 30/1m", "Member; 30/59s", "its rate limit is 30/59s (the lock has 30/1m)")]
    [InlineData("Member; 30/1m", "Member; 1/1s", "its rate limit is 1/1s (the lock has 30/1m)")]
    [InlineData("Member; 30/1m", "Member; 1800/1h", "its rate limit is 1800/1h (the lock has 30/1m)")]
    [InlineData("Member; 30/1m", "Member; ?", "its rate limit is one that can't be seen in the code (the lock has 30/1m)")]
    [InlineData("Member; ?", "Member", "it has no rate limit (the lock has ?)")]
    [InlineData("Member; 30/1m", "Member; nonsense", "its rate limit is nonsense (the lock has 30/1m)")]
    [InlineData("Member; policies=A", "Member", "the policy 'A' is gone")]
    [InlineData("Member; policies=A", "Member; policies=B", "the policy 'A' is gone")]
    [InlineData("Member; policies=?", "Member", "a policy that the code did not show is gone")]
    [InlineData("Member; checks=Owns", "Member", "the check 'Owns' is gone")]
    [InlineData("Member; authorize=signed in", "Member", "the demand of [Authorize] 'signed in' is gone")]
    [InlineData("Member; only=GET /a/*", "Member", "its elevation may make any call (the lock has GET /a/*)")]
    [InlineData("Member; only=GET /a/*", "Member; only=GET /a/*,POST /a/*", "its elevation may call POST /a/* (the lock has GET /a/*)")]
    [InlineData("Member; only=GET /a/*", "Member; only=* /a/*", "its elevation may call * /a/* (the lock has GET /a/*)")]
    [InlineData("Member; only=GET /a/b", "Member; only=GET /a/*", "its elevation may call GET /a/* (the lock has GET /a/b)")]
    [InlineData("Member; only=GET /a/*/c", "Member; only=GET /a/*", "its elevation may call GET /a/* (the lock has GET /a/*/c)")]
    [InlineData("Member; only=GET /a/*", "Member; only=?", "its elevation may call ? (the lock has GET /a/*)")]
    [InlineData("Member; only=", "Member; only=GET /a", "its elevation may call GET /a (the lock has nothing)")]
    [InlineData("Member; calls=", "Member; calls=GET /a (P)", "its code can call GET /a (P)")]
    [InlineData("Member; calls=GET /a/*", "Member; calls=GET /a/b", "its code can call GET /a/b")]
    [InlineData("Member; calls=GET /a,GET /b", "Member; calls=GET /b,POST /b", "its code can call POST /b")]
    [InlineData("Member", "Member; calls=GET /a", "its code can call GET /a")]
    [InlineData("Member; calls=; unseen=A.B", "Member; calls=; unseen=A.C", "its code runs A.C, whose calls to Wix can't be seen")]
    [InlineData("Member; calls=", "Member; calls=; unseen=?", "its code runs a handler, whose calls to Wix can't be seen")]
    [InlineData("Member; settings=BodyLimit=1", "Member; settings=BodyLimit=2",
        "the setting BodyLimit=2 is not in the lock; the lock's setting BodyLimit=1 is gone")]
    [InlineData("Member", "Member; settings=Lax=true", "the setting Lax=true is not in the lock")]
    [InlineData("Member; 30/1m; policies=A", "Member, User",
        "it is open to User (the lock has Member); it has no rate limit (the lock has 30/1m); the policy 'A' is gone")]
    [InlineData("Member; 30/1m", "User; 1/1h", "it is open to User (the lock has Member)")]
    public void Whatever_lets_more_through_is_wider(string locked, string code, string what)
    {
        var difference = Assert.Single(LockComparison.Compare([Endpoint(locked)], [Endpoint(code)]));

        Assert.Equal(LockDifferenceKind.Wider, difference.Kind);
        Assert.Equal(what, string.Join("; ", difference.What));
    }

    [Theory]
    [InlineData("Member, User", "Member", "it is open to Member only (the lock has Member, User)")]
    [InlineData("?", "Member", "it is open to Member only (the lock has ?)")]
    [InlineData("Member", "Member; 30/1m", "it has a rate limit of 30/1m")]
    [InlineData("Member; 30/1m", "Member; 29/1m", "its rate limit is 29/1m (the lock has 30/1m)")]
    [InlineData("Member; 30/1m", "Member; 30/1h", "its rate limit is 30/1h (the lock has 30/1m)")]
    [InlineData("Member; ?", "Member; 30/1h", "its rate limit is 30/1h (the lock has ?)")]
    [InlineData("Member", "Member; policies=A", "the policy 'A' is new")]
    [InlineData("Member", "Member; checks=Owns", "the check 'Owns' is new")]
    [InlineData("Member; calls=GET /a,GET /b", "Member; calls=GET /b", "its code doesn't call GET /a")]
    [InlineData("Member; calls=GET /a (P)", "Member; calls=GET /a (Q)", "the permissions of GET /a are Q")]
    [InlineData("Member; calls=; unseen=A.B", "Member; calls=", "its code doesn't run A.B")]
    [InlineData("Member", "Member; only=GET /a", "its elevation is limited to GET /a")]
    [InlineData("Member; only=* /a/*", "Member; only=GET /a/b/c", "its elevation is limited to GET /a/b/c (the lock has * /a/*)")]
    [InlineData("Member; only=GET /a,GET /b", "Member; only=GET /a", "its elevation is limited to GET /a (the lock has GET /a, GET /b)")]
    [InlineData("Member; only=GET /a/*/c", "Member; only=GET /a/b/c", "its elevation is limited to GET /a/b/c (the lock has GET /a/*/c)")]
    public void Whatever_lets_less_through_is_narrower(string locked, string code, string what)
    {
        var difference = Assert.Single(LockComparison.Compare([Endpoint(locked)], [Endpoint(code)]));

        Assert.Equal(LockDifferenceKind.Narrower, difference.Kind);
        Assert.Equal(what, string.Join("; ", difference.What));
    }

    [Theory]
    [InlineData("Member; 60/1m", "Member; 60/60s")]
    [InlineData("Member; only=GET /a,GET /a/*", "Member; only=GET /a/*,GET /a")]
    [InlineData("?; ?; policies=?; only=?", "?; ?; policies=?; only=?")]
    [InlineData("Member; calls=GET /a (P); unseen=A.B", "Member; calls=GET /a (P); unseen=A.B")]
    [InlineData("Member; calls=GET /a", "Member")] // the running application
    public void What_means_the_same_is_no_difference(string locked, string code) =>
        Assert.Empty(LockComparison.Compare([Endpoint(locked)], [Endpoint(code)]));

    [Fact]
    public void An_endpoint_of_another_method_or_route_is_new_and_the_old_one_is_gone()
    {
        var differences = LockComparison.Compare(
            [new("GET", "/a") { Callers = List("User") }, new("GET", "/b") { Callers = List("User") }],
            [new("GET", "/a") { Callers = List("User") }, new("ALL", "/a") { Callers = List("User") },
                new("GET", "/B") { Callers = List("User") }]);

        Assert.Equal(["New ALL /a", "New GET /B", "Narrower GET /b"],
            differences.Select(static difference => $"{difference.Kind} {difference.Endpoint.Name}"));
    }

    [Fact]
    public void Each_entry_of_the_lock_stands_for_one_endpoint()
    {
        LockedEndpoint narrow = new("GET", "?") { Callers = List("User") }, wide = new("GET", "?") { Callers = List("Visitor") };

        Assert.Empty(LockComparison.Compare([narrow, wide], [wide, narrow]));
        Assert.Equal(LockDifferenceKind.New, Assert.Single(LockComparison.Compare([wide], [wide, wide])).Kind);
        Assert.Equal(LockDifferenceKind.Wider, Assert.Single(LockComparison.Compare([narrow, wide], [wide, wide])).Kind);
    }

    [Fact]
    public void A_lock_written_from_the_code_has_no_difference() => Prop.ForAll(Locks.Arbitrary, static endpoints =>
        LockComparison.Compare([.. LockFile.TryRead(LockFile.Write(endpoints), out _)!.Select(static entry => entry.Endpoint)], endpoints)
            .Count == 0).QuickCheckThrowOnFailure();

    // Any single guard taken away or loosened, in any lock.
    [Fact]
    public void Any_widening_is_caught() => Prop.ForAll(Locks.Arbitrary, ArbMap.Default.ArbFor<int>(), static (endpoints, choice) =>
    {
        // One of a kind, so that no other entry can stand in.
        var locked = endpoints.Select(static (endpoint, i) => endpoint with { Route = $"/{i}" }).ToArray();
        return locked.Select((endpoint, i) => Widened(endpoint, choice).All(wider =>
        {
            var code = locked.ToArray();
            code[i] = wider;
            return LockComparison.Compare(locked, code)
                .Any(difference => difference.Code == i && difference.Kind != LockDifferenceKind.Narrower);
        })).All(static caught => caught);
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<LockedEndpoint> Widened(LockedEndpoint endpoint, int choice)
    {
        var missing = Kinds.Except(endpoint.Callers).ToList();
        if (missing.Count > 0)
            yield return endpoint with { Callers = endpoint.Callers.Append(missing[Math.Abs(choice % missing.Count)]).ToEquatableArray() };
        if (endpoint.Limit is not null)
            yield return endpoint with { Limit = null };
        if (endpoint.Limit is "30/1m")
            yield return endpoint with { Limit = $"{31 + Math.Abs(choice % 1000)}/1m" };
        if (endpoint.Policies.Count > 0)
            yield return endpoint with { Policies = Without(endpoint.Policies, choice) };
        if (endpoint.Authorize.Count > 0)
            yield return endpoint with { Authorize = Without(endpoint.Authorize, choice) };
        if (endpoint.Checks.Count > 0)
            yield return endpoint with { Checks = Without(endpoint.Checks, choice) };
        if (endpoint.Settings.Count > 0)
            yield return endpoint with { Settings = Without(endpoint.Settings, choice) };
        if (endpoint.Only is { } only)
        {
            yield return endpoint with { Only = null };
            yield return endpoint with { Only = only.Append("DELETE /everything/*").ToEquatableArray() };
        }
        if (endpoint.Calls is { } calls)
        {
            yield return endpoint with { Calls = calls.Append(new("DELETE /everything", default)).ToEquatableArray() };
            yield return endpoint with { Unseen = endpoint.Unseen.Append("Other.Code").ToEquatableArray() };
        }
        yield return endpoint with { Route = endpoint.Route + "/more" };
    }

    private static EquatableArray<string> Without(EquatableArray<string> values, int choice)
    {
        var at = Math.Abs(choice % values.Count);
        return values.Where((_, i) => i != at).ToEquatableArray();
    }

    private static LockedEndpoint Endpoint(string guards)
    {
        var parts = guards.Split("; ");
        EquatableArray<string> Named(string name) =>
            List(parts.FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..].Split(
                ',', StringSplitOptions.RemoveEmptyEntries) ?? []);
        return new("GET", "/a")
        {
            Callers = List(parts[0].Split(", ")),
            Limit = parts.Skip(1).FirstOrDefault(static part => !part.Contains('=', StringComparison.Ordinal)),
            Policies = Named("policies"),
            Authorize = Named("authorize"),
            Checks = Named("checks"),
            Only = parts.Any(static part => part.StartsWith("only=", StringComparison.Ordinal)) ? Named("only") : null,
            Settings = Named("settings"),
            Calls = parts.Any(static part => part.StartsWith("calls=", StringComparison.Ordinal))
                ? Named("calls").Select(static text => text.Split(" (")).Select(static call =>
                    new LockedCall(call[0], call.Length > 1 ? List(call[1].TrimEnd(')')) : default)).ToEquatableArray()
                : null,
            Unseen = Named("unseen"),
        };
    }

    private static EquatableArray<string> List(params string[] values) => values.ToEquatableArray();
}
