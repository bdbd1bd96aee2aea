using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Guards.Tests;

/// <summary>The compiler and the start refuse the same mistakes, with the same words.</summary>
public sealed partial class SameGrammarTests
{
    private static readonly Gen<string> Limits =
        from count in Gen.Elements("", "0", "1", "30", "030", "2147483647", "2147483648", "-1", "+1", " 1", "1_0", "٣", "x")
        from slash in Gen.Elements("/", "", "//", " per ", "/ ")
        from periods in Gen.Elements("", "0", "1", "31", "32", "44640", "44641", "2678400", "2678401", "99999999999", "-1", "1.5", "١")
        from unit in Gen.Elements("s", "m", "h", "d", "S", "y", "", "ms", " ")
        select count + slash + periods + unit;

    private static readonly Gen<string> Calls =
        from method in Gen.Elements("GET", "POST", "*", "get", "", "G*", "PROPFIND")
        from blank in Gen.Elements(" ", "", "  ")
        from path in Gen.Elements("/", "", "/a", "/a/*", "/*/b", "/a*", "/a/../b", "/./a", "//", "/a?b", "/a#b", @"\a", "a", "/a/", "/{a}",
            "/*")
        select method + blank + path;

    [Theory]
    [InlineData("30/1m", null)]
    [InlineData("1/1s", null)]
    [InlineData("2147483647/31d", null)]
    [InlineData("1/2678400s", null)]
    [InlineData("030/01m", null)]
    [InlineData("", "it takes a count, '/' and a period")]
    [InlineData("30", "it takes a count, '/' and a period")]
    [InlineData("/1m", "it takes a count, '/' and a period")]
    [InlineData("30/", "it takes a count, '/' and a period")]
    [InlineData("0/1m", "the count is a whole number from 1 to 2147483647")]
    [InlineData("-1/1m", "the count is a whole number from 1 to 2147483647")]
    [InlineData(" 1/1m", "the count is a whole number from 1 to 2147483647")]
    [InlineData("2147483648/1m", "the count is a whole number from 1 to 2147483647")]
    [InlineData("1.5/1m", "the count is a whole number from 1 to 2147483647")]
    [InlineData("30/m", "the period begins with a whole number from 1")]
    [InlineData("30/0m", "the period begins with a whole number from 1")]
    [InlineData("30/1.5m", "the period begins with a whole number from 1")]
    [InlineData("30/1", "the period begins with a whole number from 1")]
    [InlineData("30/1y", "the period ends with 's', 'm', 'h' or 'd'")]
    [InlineData("30/1M", "the period ends with 's', 'm', 'h' or 'd'")]
    [InlineData("30/1m ", "the period begins with a whole number from 1")]
    [InlineData("30/32d", "the period is at most 31 days")]
    [InlineData("30/2678401s", "the period is at most 31 days")]
    [InlineData("30/2147483647d", "the period is at most 31 days")]
    public async Task A_limit_has_one_form(string text, string? flaw)
    {
        var expected = flaw is null ? null : $"'{text}' is not a rate limit: {flaw}, as in \"30/1m\"";

        Assert.Equal(expected, Assert.Single(await AtBuildAsync("RateLimit = {0}", [text])));
        Assert.Equal(expected,
            Assert.Single(
                AtStart(static (route, limit) => route.Elevate(Wix.Callers.Member, options => options.RateLimit = limit), [text])));
    }

    [Fact]
    public void Compiler_and_start_refuse_the_same_limits_with_the_same_words() =>
        Prop.ForAll(Limits.ArrayOf(25).ToArbitrary(), texts => AtBuildAsync("RateLimit = {0}", texts).Result
            .SequenceEqual(
                AtStart(static (route, limit) => route.Elevate(Wix.Callers.Member, options => options.RateLimit = limit), texts)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Compiler_and_start_refuse_the_same_calls_with_the_same_words() =>
        Prop.ForAll(Calls.ArrayOf(25).ToArbitrary(), texts => AtBuildAsync("Only = [{0}]", texts).Result
            .SequenceEqual(AtStart(static (route, call) => route.Elevate(Wix.Callers.Member, options => options.Only = [call]), texts)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    // What the compiler says of each text; null for nothing.
    private static async Task<string?[]> AtBuildAsync(string setting, string[] texts)
    {
        var methods = texts.Select((text, i) =>
            $"[Elevate(Callers.Member, {string.Format(CultureInfo.InvariantCulture, setting, SymbolDisplay.FormatLiteral(text, quote: true))})] public static string Get{i}() => \"\";");
        var code = new Code(
            "Handlers.cs", $"public static class Handlers\n{{\n{string.Join('\n', methods)}\n}}") { References = Code.RealWix };
        var reported = (await code.AnalyzeAsync()).Where(static one => one.Id is "EP1006" or "EP1008")
            .ToDictionary(static one => one.Location.GetLineSpan().StartLinePosition.Line - 2,
                static one => one.GetMessage(CultureInfo.InvariantCulture));
        return [.. Enumerable.Range(0, texts.Length).Select(i => reported.GetValueOrDefault(i))];
    }

    // What the start says of each; null for nothing.
    private static string?[] AtStart(Action<RouteHandlerBuilder, string> elevate, string[] texts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddWix(static options =>
        {
            options.ClientId = "11111111-1111-4111-8111-111111111111";
            options.ClientSecret = new("secret");
            options.InstanceId = "22222222-2222-4222-8222-222222222222";
        });
        var app = builder.Build();
        return [.. texts.Select(text =>
        {
            var routes = app.MapGroup("/one");
            elevate(routes.MapGet("/", static () => ""), text);
            var source = ((IEndpointRouteBuilder)app).DataSources.Last();
            try
            {
                _ = source.Endpoints.Count;
                return null;
            }
            catch (InvalidOperationException refusal)
            {
                return Said().Match(refusal.Message) is { Success: true } said ? said.Groups["what"].Value : refusal.Message;
            }
            finally
            {
                ((IEndpointRouteBuilder)app).DataSources.Remove(source);
            }
        })];
    }

    [GeneratedRegex(@"(RateLimit|Only): (?<what>.*)\.$", RegexOptions.Singleline)]
    private static partial Regex Said();
}
