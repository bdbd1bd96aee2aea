using System.Text;
using System.Text.Json.Serialization;
using Endpoints.Wix.Tests.Hosting;
using Endpoints.Wix.Tests.Surfaces;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Bodies;

/// <summary>An elevated handler gets no value of an enumeration that is none of its members.</summary>
public sealed class EnumerationTests : IAsyncLifetime
{
    private static readonly (string Value, bool IsMember)[] States =
        [("1", true), ("3", true), ("Open", true), ("99", false), ("-1", false), ("Open,Closed", false), ("Open, Shut", false),
            ("2147483647", false)];

    private static readonly (string Value, bool IsMember)[] Sets =
        [("1", true), ("3", true), ("5", true), ("Red,Blue", true), ("Red", true), ("8", false), ("9", false), ("-1", false)];

    private WixSite _site = null!;

    public async Task InitializeAsync() => _site = await WixSite.StartAsync(
        static app =>
        {
            app.MapFileRoutes(
                [.. Pages.Select(
                    static page =>
                        new FileRoute($"pages{page.Path}.cs", $"/file{page.Path}", page.Handler, [new(page.Method, "Answer")]))]);
            app.MapPost("/minimal/json", JsonPage.Answer).Elevate(Callers.Visitor);
            app.MapPost("/minimal/unset", UnsetPage.Answer).Elevate(Callers.Visitor);
            app.MapPost("/minimal/form", FormPage.Answer).Elevate(Callers.Visitor).DisableAntiforgery();
            app.MapPost("/minimal/forms", FormsPage.Answer).Elevate(Callers.Visitor).DisableAntiforgery();
            app.MapGet("/minimal/query", QueryPage.Answer).Elevate(Callers.Visitor);
            app.MapGet("/minimal/list", ListPage.Answer).Elevate(Callers.Visitor);
            app.MapGet("/minimal/members", MembersPage.Answer).Elevate(Callers.Visitor);
            app.MapGet("/minimal/header", HeaderPage.Answer).Elevate(Callers.Visitor);
            app.MapGet("/minimal/route/{state}", RoutePage.Answer).Elevate(Callers.Visitor);
            app.MapPost("/open/json", JsonPage.Answer);
            app.MapControllers();
        },
        build: static builder =>
        {
            builder.Services.AddFileRoutes();
            builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
            builder.Services.AddControllers()
                .AddJsonOptions(static json => json.JsonSerializerOptions.Converters.Add(new JsonStringEnumConverter()));
            OnlyControllers.AddTo(builder, typeof(StateController));
        });

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("file")]
    [InlineData("minimal")]
    [InlineData("action")]
    public async Task F5_A_value_that_is_no_member_is_400_wherever_it_comes_from(string surface)
    {
        foreach (var (value, isMember) in States)
        {
            var text = Uri.EscapeDataString(value);
            await AnswersAsync(isMember, "GET", $"/{surface}/query?state={text}");
            await AnswersAsync(isMember, "GET", $"/{surface}/list?state=Open&state={text}");
            await AnswersAsync(isMember, "GET", $"/{surface}/route/{text}");
            await AnswersAsync(isMember, "GET", $"/{surface}/header", headers: [("X-State", value)]);
            await AnswersAsync(isMember, "GET", $"/{surface}/members?state={text}");
            await AnswersAsync(isMember, "POST", $"/{surface}/form", $"state={text}", "application/x-www-form-urlencoded");
            await AnswersAsync(isMember, "POST", $"/{surface}/forms", $"state={text}", "application/x-www-form-urlencoded");
            var json = int.TryParse(value, out _) ? value : $"\"{value}\"";
            foreach (var body in (string[])
                [$$$$"""{"state":{{{{json}}}}}""", $$$$"""{"maybe":{{{{json}}}}}""", $$$$"""{"all":["Open",{{{{json}}}}]}""",
                    $$$$"""{"inner":{"inner":{"state":{{{{json}}}}}}}""", $$$$"""{"byName":{"a":{"state":{{{{json}}}}}}}"""])
            {
                await AnswersAsync(isMember, "POST", $"/{surface}/json", body, "application/json");
            }
            await AnswersAsync(isMember, "POST", $"/{surface}/json", $$$$"""{"byState":{"{{{{value}}}}":1}}""", "application/json");
        }
    }

    [Theory]
    [InlineData("file")]
    [InlineData("minimal")]
    [InlineData("action")]
    public async Task F5_Flags_are_combinations_of_members(string surface)
    {
        foreach (var (value, isMember) in Sets)
        {
            await AnswersAsync(isMember, "GET", $"/{surface}/query?state=1&colours={Uri.EscapeDataString(value)}");
            var json = int.TryParse(value, out _) ? value : $"\"{value}\"";
            await AnswersAsync(isMember, "POST", $"/{surface}/json", $$$$"""{"colours":{{{{json}}}}}""", "application/json");
        }
    }

    [Fact]
    public async Task F5_The_error_names_the_value_as_the_client_did()
    {
        foreach (var surface in (string[])["file", "minimal", "action"])
        {
            using var json = new StringContent("""{"all":["Open",99]}""", Encoding.UTF8, "application/json");
            var body = await _site.SendAsync("POST", $"/{surface}/json", content: json);
            Assert.Contains("\"all[1]\"", body.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("file")]
    [InlineData("minimal")]
    [InlineData("action")]
    public async Task F5_What_was_not_sent_is_no_value(string surface)
    {
        await AnswersAsync(true, "POST", $"/{surface}/json", "{}", "application/json");
        await AnswersAsync(true, "POST", $"/{surface}/unset", "{}", "application/json");
        await AnswersAsync(false, "GET", $"/{surface}/route/0");
        await AnswersAsync(false, "POST", $"/{surface}/json", """{"all":[0]}""", "application/json");
    }

    [Fact]
    public async Task F5_Elsewhere_binding_is_the_frameworks()
    {
        using var json = new StringContent("""{"state":99}""", Encoding.UTF8, "application/json");
        Assert.Equal(200, (int)(await _site.SendAsync("POST", "/open/json", content: json)).Status);
    }

    private async Task AnswersAsync(bool isMember, string method, string path, string? body = null, string? type = null,
        (string, string)[]? headers = null)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, type!);
        var answer = await _site.SendAsync(method, path, content: content, headers: headers ?? []);
        Assert.True(isMember ? (int)answer.Status == 200 : (int)answer.Status == 400,
            $"{method} {path} {body}{headers?[0].Item2} is answered {(int)answer.Status}: {answer.Body}");
    }

    private static readonly (string Path, string Method, Type Handler)[] Pages =
    [
        ("/json", "POST", typeof(JsonPage)), ("/unset", "POST", typeof(UnsetPage)), ("/form", "POST", typeof(FormPage)),
        ("/forms", "POST", typeof(FormsPage)), ("/query", "GET", typeof(QueryPage)), ("/list", "GET", typeof(ListPage)),
        ("/members", "GET", typeof(MembersPage)), ("/header", "GET", typeof(HeaderPage)), ("/route/[state]", "GET", typeof(RoutePage)),
    ];

    public enum State
    {
        Open = 1,
        Closed = 2,
        Shut = 3,
    }

    [Flags]
    public enum Colours
    {
        Red = 1,
        Green = 2,
        Blue = 4,
    }

    public sealed class Order
    {
        public State State { get; set; } = State.Open;

        public State? Maybe { get; set; }

        public State[] All { get; set; } = [];

        public Colours Colours { get; set; } = Colours.Red;

        public Order? Inner { get; set; }

        public Dictionary<string, Order> ByName { get; set; } = [];

        public Dictionary<State, int> ByState { get; set; } = [];
    }

    public sealed record Filter(State State);

    public sealed class FormOrder
    {
        public State State { get; set; } = State.Open;
    }

    [Elevate(Callers.Visitor)]
    public static class JsonPage
    {
        public static string Answer(Order order) => $"{order.State}";
    }

    public sealed record Unset(State State, Colours Colours);

    [Elevate(Callers.Visitor)]
    public static class UnsetPage
    {
        public static string Answer(Unset unset) => $"{unset.State}";
    }

    [Elevate(Callers.Visitor)]
    public static class FormPage
    {
        public static string Answer([FromForm] State state) => $"{state}";
    }

    [Elevate(Callers.Visitor)]
    public static class FormsPage
    {
        public static string Answer([FromForm] FormOrder order) => $"{order.State}";
    }

    [Elevate(Callers.Visitor)]
    public static class QueryPage
    {
        public static string Answer(State state, Colours? colours) => $"{state} {colours}";
    }

    [Elevate(Callers.Visitor)]
    public static class ListPage
    {
        public static string Answer(State[] state) => string.Join(' ', state);
    }

    [Elevate(Callers.Visitor)]
    public static class MembersPage
    {
        public static string Answer([AsParameters] Filter filter) => $"{filter.State}";
    }

    [Elevate(Callers.Visitor)]
    public static class HeaderPage
    {
        public static string Answer([FromHeader(Name = "X-State")] State state) => $"{state}";
    }

    [Elevate(Callers.Visitor)]
    public static class RoutePage
    {
        public static string Answer(State state) => $"{state}";
    }

    [Route("/action")]
    [Elevate(Callers.Visitor)]
    internal sealed class StateController : ControllerBase
    {
        [HttpPost("json")]
        public string Json([FromBody] Order order) => Request.Method + $"{order.State}";

        [HttpPost("unset")]
        public string NotSent([FromBody] Unset unset) => Request.Method + $"{unset.State}";

        [HttpPost("form")]
        public string Form([FromForm] State state) => Request.Method + $"{state}";

        [HttpPost("forms")]
        public string Forms([FromForm] FormOrder order) => Request.Method + $"{order.State}";

        [HttpGet("query")]
        public string Query(State state, Colours? colours) => Request.Method + $"{state} {colours}";

        [HttpGet("list")]
        public string List([FromQuery] State[] state) => Request.Method + string.Join(' ', state);

        [HttpGet("members")]
        public string Members([FromQuery] Filter filter) => Request.Method + $"{filter.State}";

        [HttpGet("header")]
        public string Header([FromHeader(Name = "X-State")] State state) => Request.Method + $"{state}";

        [HttpGet("route/{state}")]
        public string OfRoute(State state) => Request.Method + $"{state}";
    }
}
