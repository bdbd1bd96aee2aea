using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Endpoints.Wix.Analyzers.Lock;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis.CSharp;

namespace Endpoints.Guards.Tests.Lock;

public sealed class LockFileTests
{
    [Fact]
    public void One_endpoint_is_a_line_and_one_for_each_call_in_the_order_of_the_routes()
    {
        var text = LockFile.Write(
        [
            new("POST", "/api/orders/[id]")
            {
                Callers = List("Member"), Policies = List("Orders"), Checks = List("Shop.OwnsOrder"),
                Only = List("GET /site-properties/*", "POST /ecom/v1/orders/query"),
                Authorize = List("signed in"), Settings = List("BodyLimit=1024"),
                Calls = new LockedCall[] { new("GET /ecom/v1/orders/{orderId}", List("ECOM.READ", "ECOM.LIST")), new("POST /x", default) }
                    .ToEquatableArray(),
                Unseen = List("Shop.Tools.Repair"),
            },
            new("GET", "/api/my-api") { Callers = List("Visitor", "Member"), Limit = "30/1m" },
        ]);

        Assert.Equal(
            """
            {
              "about": "Who may use elevated endpoints, and within which limits. Written by: dotnet build -p:WriteEndpointsLock=true",
              "schema": 3,
              "endpoints": [
                { "method": "GET", "route": "/api/my-api", "callers": ["Visitor", "Member"], "limit": "30/1m" },
                { "method": "POST", "route": "/api/orders/[id]", "callers": ["Member"], "policies": ["Orders"], "authorize": ["signed in"], "checks": ["Shop.OwnsOrder"], "settings": ["BodyLimit=1024"],
                  "only": ["GET /site-properties/*", "POST /ecom/v1/orders/query"],
                  "calls": {
                    "GET /ecom/v1/orders/{orderId}": ["ECOM.READ", "ECOM.LIST"],
                    "POST /x": [] },
                  "unseen": ["Shop.Tools.Repair"] }
              ]
            }

            """,
            text);
    }

    [Fact]
    public void What_is_written_is_read_and_the_order_of_the_code_does_not_matter() => Prop.ForAll(Locks.Arbitrary, static endpoints =>
    {
        var text = LockFile.Write(endpoints);
        var read = LockFile.TryRead(text, out _);
        return read is not null
            && LockFile.Write(read.Select(static entry => entry.Endpoint)) == text
            && LockFile.Write(endpoints.Reverse()) == text
            && endpoints.All(endpoint => read.Any(entry => entry.Endpoint == endpoint))
            && System.Text.Json.JsonDocument.Parse(text).RootElement.EnumerateObject()
                .Where(static member => member.Value.ValueKind == System.Text.Json.JsonValueKind.Array)
                .Sum(static list => list.Value.GetArrayLength()) == endpoints.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_never_throws() => Prop.ForAll<string, int>(static (noise, at) =>
    {
        var text = LockFile.Write([new("GET", "/a") { Callers = List("User"), Limit = "1/1s", Only = List("GET /a") }]);
        var place = Math.Abs(at % text.Length);
        LockFile.TryRead(noise ?? "", out _);
        LockFile.TryRead(text[..place], out _);
        LockFile.TryRead(text.Insert(place, noise ?? ""), out _);
        LockFile.TryRead(text.Remove(place, 1), out _);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "ends too early")]
    [InlineData("[]", "has something other than an object at character 0")]
    [InlineData("{ \"schema\": 4, \"endpoints\": [], \"more\": 1 }", "is of another schema than 3")]
    [InlineData("{ \"schema\": 2, \"endpoints\": [] }", "is of schema 2, which an earlier version wrote; this one reads 3")]
    [InlineData("{ \"schema\": 1, \"endpoints\": [] }", "is of schema 1, which an earlier version wrote; this one reads 3")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [], \"code\": [{ \"kind\": \"opens\", \"where\": \"a\", \"what\": \"b\" }] }",
        "has an unknown kind of code 'opens'")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [], \"code\": [{ \"kind\": \"elevates\", \"where\": \"a\", \"what\": \"b\" }] }",
        "lacks the member 'callers'")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [], \"code\": [{ \"kind\": \"unguards\", \"where\": \"a\" }] }",
        "lacks the member 'what'")]
    [InlineData("{ \"endpoints\": [] }", "lacks the member 'schema'")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [{ \"method\": \"GET\", \"route\": \"/\", \"callers\": [], \"calls\": [] }] }",
        "has something other than an object at character 86")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [{ \"method\": \"GET\", \"route\": \"/\", \"callers\": [], "
        + "\"calls\": { \"GET /a\": \"P\" } }] }",
        "has something other than a list at character 98")]
    [InlineData("{ \"schema\": 3 }", "lacks the member 'endpoints'")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [], \"endpoint\": [] }", "has an unknown member 'endpoint'")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [{ \"route\": \"/\", \"callers\": [] }] }", "lacks the member 'method'")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [{ \"method\": \"GET\", \"route\": \"/\" }] }", "lacks the member 'callers'")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [{ \"method\": \"GET\", \"route\": \"/\", \"callers\": [], \"limits\": \"1/1s\" }] }",
        "has an unknown member 'limits'")]
    [InlineData(
        "{ \"schema\": 3, \"endpoints\": [{ \"method\": \"GET\", \"route\": \"/\", \"callers\": [], \"limit\": \"1/1s\", \"limit\": "
        + "\"9/1s\" }] }", "has the member 'limit' twice")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [{ \"method\": \"GET\", \"route\": \"/\", \"callers\": \"Member\" }] }",
        "has something other than a list at character 73")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [] } x", "is not JSON at character 33")]
    [InlineData("{ \"schema\": 3, \"endpoints\": [,] }", "is not JSON at character 29")]
    [InlineData("// comment\n{ \"schema\": 3, \"endpoints\": [] }", "is not JSON at character 0")]
    public void A_lock_that_is_not_exactly_one_is_refused_and_the_reason_given(string text, string reason)
    {
        Assert.Null(LockFile.TryRead(text, out var flaw));
        Assert.Equal(reason, flaw);
    }

    [Fact]
    public void A_thousand_brackets_are_refused_without_a_stack_overflow() =>
        Assert.Null(LockFile.TryRead(new string('[', 100_000), out _));

    [Fact]
    public void The_carrier_compiles_to_nothing_whatever_the_lock_holds() => Prop.ForAll(Locks.Arbitrary, static endpoints =>
    {
        var root = CSharpSyntaxTree.ParseText(LockCarrier.Wrap(LockFile.Write(endpoints))).GetCompilationUnitRoot();
        return root.Members.Count == 0 && !root.ContainsDiagnostics && !root.ContainsSkippedText;
    }).QuickCheckThrowOnFailure();

    private static EquatableArray<string> List(params string[] values) => values.ToEquatableArray();
}
