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
            app.MapPost("/minimal/shapes", ShapesPage.Answer).Elevate(Callers.Visitor);
            app.MapPost("/minimal/unset", UnsetPage.Answer).Elevate(Callers.Visitor);
            app.MapPost("/minimal/form", FormPage.Answer).Elevate(Callers.Visitor).DisableAntiforgery();
            app.MapPost("/minimal/forms", FormsPage.Answer).Elevate(Callers.Visitor).DisableAntiforgery();
            app.MapGet("/minimal/query", QueryPage.Answer).Elevate(Callers.Visitor);
            app.MapGet("/minimal/list", ListPage.Answer).Elevate(Callers.Visitor);
            app.MapGet("/minimal/members", MembersPage.Answer).Elevate(Callers.Visitor);
            app.MapGet("/minimal/header", HeaderPage.Answer).Elevate(Callers.Visitor);
            app.MapGet("/minimal/route/{state}", RoutePage.Answer).Elevate(Callers.Visitor);
            app.MapPost("/open/json", static (Order order) => JsonPage.Answer(order)); // the class is guarded
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
            foreach (var body in (string[])
                [$$$$"""{"maybes":[null,{{{{json}}}}]}""", $$$$"""{"set":[{{{{json}}}}]}""", $$$$"""{"grid":[[1],[{{{{json}}}}]]}""",
                    $$$$"""{"pair":{"key":"a","value":{{{{json}}}}}}""", $$$$"""{"pairs":[{"key":{{{{json}}}},"value":1}]}""",
                    $$$$"""{"tuple":{"item1":{{{{json}}}},"item2":1}}""", $$$$"""{"value":{"state":{{{{json}}}}}}""",
                    $$$$"""{"page":{"items":[{{{{json}}}}],"first":{"state":{{{{json}}}}}}}""", $$$$"""{"renamed-state":{{{{json}}}}}""",
                    $$$$"""{"thing":{"$type":"crate","state":{{{{json}}}}}}""", $$$$"""{"lists":{"a":[{{{{json}}}}]}}""",
                    $$$$"""{"own":{"a":{{{{json}}}}}}""", $$$$"""{"read":{"a":{{{{json}}}}}}""", $$$$"""{"small":{{{{json}}}}}""",
                    $$$$"""{"ordered":{"a":{{{{json}}}}}}"""])
            {
                await AnswersAsync(isMember, "POST", $"/{surface}/shapes", body, "application/json");
            }

            if (surface == "action")
            {
                foreach (var form in (string[])[$"inner.state={text}", $"all[0].state={text}", $"byName[0].Key=a&byName[0].Value={text}",
                    $"byName[a]={text}", $"byState[0].Key={text}&byState[0].Value=1",
                    $"maybes=Open&maybes={text}"])
                    await AnswersAsync(isMember, "POST", "/action/nested", form, "application/x-www-form-urlencoded");
                await AnswersAsync(isMember, "GET", $"/action/property?state={text}");
                await AnswersAsync(isMember, "GET", "/action/headers", headers: [("X-States", value)]);
            }
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
        ("/json", "POST", typeof(JsonPage)), ("/shapes", "POST", typeof(ShapesPage)), ("/unset", "POST", typeof(UnsetPage)),
        ("/form", "POST", typeof(FormPage)), ("/forms", "POST", typeof(FormsPage)), ("/query", "GET", typeof(QueryPage)),
        ("/list", "GET", typeof(ListPage)), ("/members", "GET", typeof(MembersPage)), ("/header", "GET", typeof(HeaderPage)),
        ("/route/[state]", "GET", typeof(RoutePage)),
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

    public enum Small : byte
    {
        Open = 1,
        Closed = 2,
        Shut = 3,
    }

    /// <summary>Every other place in which JSON can put a value.</summary>
    public sealed class Shapes
    {
        public List<State?> Maybes { get; set; } = [];

        public HashSet<State> Set { get; set; } = [];

        public State[][] Grid { get; set; } = [];

        public KeyValuePair<string, State> Pair { get; set; }

        public List<KeyValuePair<State, int>> Pairs { get; set; } = [];

        public Tuple<State, int>? Tuple { get; set; }

        public Held Value { get; set; }

        public Paged<State>? Page { get; set; }

        [JsonPropertyName("renamed-state")]
        public State Renamed { get; set; }

        public Thing? Thing { get; set; }

        public Dictionary<string, List<State>> Lists { get; set; } = [];

        public OwnDictionary? Own { get; set; }

        public IReadOnlyDictionary<string, State>? Read { get; set; }

        public Small Small { get; set; }

        public SortedDictionary<string, State> Ordered { get; set; } = [];
    }

    public readonly record struct Held(State State);

    public sealed record Paged<T>(IReadOnlyList<T> Items, Filter? First);

    [JsonDerivedType(typeof(Crate), "crate")]
    public class Thing;

    public sealed class Crate : Thing
    {
        public State State { get; init; }
    }

    /// <summary>A dictionary of the application's own, by the generic interface alone.</summary>
    public sealed class OwnDictionary : IDictionary<string, State>
    {
        private readonly Dictionary<string, State> _all = [];

        public ICollection<string> Keys => _all.Keys;

        public ICollection<State> Values => _all.Values;

        public int Count => _all.Count;

        public bool IsReadOnly => false;

        public State this[string key]
        {
            get => _all[key];
            set => _all[key] = value;
        }

        public void Add(string key, State value) => _all.Add(key, value);

        public void Add(KeyValuePair<string, State> item) => _all.Add(item.Key, item.Value);

        public void Clear() => _all.Clear();

        public bool Contains(KeyValuePair<string, State> item) => _all.Contains(item);

        public bool ContainsKey(string key) => _all.ContainsKey(key);

        public void CopyTo(KeyValuePair<string, State>[] array, int arrayIndex) => throw new NotSupportedException();

        public IEnumerator<KeyValuePair<string, State>> GetEnumerator() => _all.GetEnumerator();

        public bool Remove(string key) => _all.Remove(key);

        public bool Remove(KeyValuePair<string, State> item) => _all.Remove(item.Key);

        public bool TryGetValue(string key, out State value) => _all.TryGetValue(key, out value);

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>What MVC binds from forms.</summary>
    public sealed class Nested
    {
        public FormOrder? Inner { get; set; }

        public List<FormOrder> All { get; set; } = [];

        public Dictionary<string, State> ByName { get; set; } = [];

        public Dictionary<State, int> ByState { get; set; } = [];

        public List<State?> Maybes { get; set; } = [];
    }

    [Elevate(Callers.Visitor)]
    public static class ShapesPage
    {
        public static string Answer(Shapes shapes) => $"{shapes.Small}";
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

        [FromQuery(Name = "state")]
        public State? OfProperty { get; set; }

        [HttpPost("shapes")]
        public string OfShapes([FromBody] Shapes shapes) => Request.Method + $"{shapes.Small}";

        [HttpPost("nested")]
        public string OfForms([FromForm] Nested nested) => Request.Method + $"{nested.All.Count}";

        [HttpGet("property")]
        public string Property() => $"{OfProperty}";

        [HttpGet("headers")]
        public string Headers([FromHeader(Name = "X-States")] State[] states) => Request.Method + string.Join(' ', states);

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
