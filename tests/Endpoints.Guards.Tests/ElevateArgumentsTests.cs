using Endpoints.Shared.CallPatterns;
using Endpoints.Shared.Limits;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Guards.Tests;

public sealed class ElevateArgumentsTests
{
    [Theory]
    [InlineData("{|EP1002:Elevate(Callers.Visitor)|}")]
    [InlineData("{|EP1002:Elevate(Callers.Visitor | Callers.Member, Policy = \"p\")|}")]
    [InlineData("{|EP1002:Elevate((Callers)15)|}")]
    [InlineData("{|EP1002:Elevate(Callers.Visitor, RateLimit = null)|}")]
    [InlineData("Elevate(Callers.Visitor, RateLimit = \"30/1m\")")]
    [InlineData("Elevate(Callers.Member | Callers.User | Callers.App)")]
    public async Task Elevation_open_to_visitors_needs_a_limit(string attribute) =>
        await new Code("A.cs", $"public static class A {{ [{attribute}] public static void Get() {{ }} }}").VerifyAsync();

    [Theory]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"30\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"30/m\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"30/1 m\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"30/1M\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"0/1m\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"-1/1m\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"30/0m\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"30/32d\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:\"99999999999/1s\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = {|EP1006:Limits.Wrong|})")]
    [InlineData("Elevate(Callers.Visitor, RateLimit = {|EP1006:\"often\"|})")]
    [InlineData("Elevate(Callers.Member, RateLimit = Limits.Right)")]
    [InlineData("Elevate(Callers.Member, RateLimit = \"1/31d\")")]
    public async Task A_malformed_limit_is_an_error(string attribute) =>
        await new Code(
            "A.cs", $"[{attribute}] public static class A; public static class Limits {{ public const string Wrong = \"30 a minute\", "
                + $"Right = \"5/10s\"; }}").VerifyAsync();

    [Theory]
    [InlineData("Elevate({|EP1007:0|})")]
    [InlineData("Elevate({|EP1007:default|})")]
    [InlineData("Elevate({|EP1007:(Callers)16|})")]
    [InlineData("Elevate({|EP1007:Callers.Member & Callers.User|})")]
    [InlineData("Elevate({|EP1007:Callers.Visitor | (Callers)1024|})")]
    [InlineData("Elevate({|EP1007:~Callers.Visitor|})")]
    [InlineData("Elevate(Callers.User | Callers.App)")]
    public async Task Callers_must_name_somebody_and_nobody_unknown(string attribute) =>
        await new Code("A.cs", $"[{attribute}] public static class A;").VerifyAsync();

    [Theory]
    [InlineData("{|EP1008:\"\"|}")]
    [InlineData("{|EP1008:\"/site-properties/*\"|}")]
    [InlineData("{|EP1008:\"get /site-properties/*\"|}")]
    [InlineData("{|EP1008:\"GET site-properties\"|}")]
    [InlineData("{|EP1008:\"GET  /site-properties\"|}")]
    [InlineData("{|EP1008:\"GET /site-*\"|}")]
    [InlineData("{|EP1008:\"GET /a//b\"|}")]
    [InlineData("{|EP1008:\"GET /a/../b\"|}")]
    [InlineData("{|EP1008:\"GET /a?b=c\"|}")]
    [InlineData("{|EP1008:\"GET /\"|}")]
    [InlineData("\"GET /ok\", {|EP1008:\"GET\"|}, \"* /ok/*/b\"")]
    [InlineData("\"GET /site-properties/*\", \"POST /stores/v1/products/query\"")]
    public async Task A_malformed_entry_of_Only_is_an_error(string entries)
    {
        await new Code("A.cs", $"[Elevate(Callers.User, Only = [{entries}])] public static class A;").VerifyAsync();
        await new Code("A.cs", $"[Elevate(Callers.User, Only = new[] {{ {entries} }})] public static class A;").VerifyAsync();
    }

    [Theory]
    [InlineData(".{|EP1002:Elevate(Callers.Visitor)|}")]
    [InlineData(".Elevate({|EP1007:0|})")]
    [InlineData(".Elevate(Callers.User, options => options.RateLimit = {|EP1006:\"x\"|})")]
    [InlineData(".Elevate(Callers.Visitor, options => options.RateLimit = \"30/1m\")")]
    [InlineData(".Elevate(Callers.Visitor, elevate => elevate.RateLimit = \"30/1m\")")]
    [InlineData(".Elevate(Callers.Visitor, elevate => { elevate.RateLimit = {|EP1006:\"x\"|}; elevate.Only = [{|EP1008:\"y\"|}]; })")]
    [InlineData(".Elevate(Callers.Visitor, elevate => Limits.Set(elevate))")]
    [InlineData(".Elevate(Callers.Visitor, Limits.Set)")]
    [InlineData(".{|EP1002:Elevate(Callers.Visitor, elevate => elevate.Policy = \"p\")|}")]
    [InlineData(".Elevate(new ElevateAttribute(Callers.User) { RateLimit = {|EP1006:\"x\"|} })")]
    [InlineData(".Elevate(new ElevateAttribute(Callers.Visitor) { RateLimit = \"1/1s\" })")]
    public async Task What_a_route_is_told_is_checked_in_the_same_way(string call) =>
        await new Code("Routes.cs", $$"""
            public static class Routes { public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/a", () => ""){{call}}; }
            public static class Limits { public static void Set(ElevateOptions elevate) { } }
            """).VerifyAsync();

    [Theory]
    [InlineData("30/m", "30/1m")]
    [InlineData(" 30 / 1 m ", "30/1m")]
    [InlineData("30/1M", "30/1m")]
    [InlineData("30/min", "30/1m")]
    [InlineData("30 per minute", "30/1m")]
    [InlineData("5 in 10 seconds", "5/10s")]
    [InlineData("100/2hours", "100/2h")]
    [InlineData("1/day", "1/1d")]
    [InlineData("30/1m", null)]
    [InlineData("0/1m", null)]
    [InlineData("often", null)]
    [InlineData("/", null)]
    [InlineData("30/1y", null)]
    [InlineData("", null)]
    public void What_was_meant_is_offered_where_it_is_obvious(string text, string? meant) => Assert.Equal(meant, LimitText.Correct(text));

    [Fact]
    public void The_grammar_of_limits_never_throws_and_what_it_reads_is_positive() => Prop.ForAll<string>(text =>
    {
        var parsed = LimitText.TryParse(text ?? "");
        LimitText.Correct(text ?? "");
        CallPattern.TryParse(text ?? "", out _);
        return parsed is null or { Count: > 0, Seconds: > 0 };
    }).QuickCheckThrowOnFailure();
}
