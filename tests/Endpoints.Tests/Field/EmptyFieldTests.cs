using System.Text;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Tests.Field;

/// <summary>
/// An HTML form sends the fields that were left empty. To what is no text and may be absent they are nothing, wherever it is bound from.
/// </summary>
public class EmptyFieldTests
{
    private static readonly FileRoute[] Table = [Routes.File("/query", typeof(Query)), Routes.File("/members", typeof(Members)),
        Routes.File("/fields", typeof(Fields)), Routes.File("/record", typeof(Record))];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var path in (string[])["/query", "/members", "/fields", "/record"])
            {
                foreach (var sent in (string[])["page=&on=&kind=&id=&when=", "page=", "Page=&ON", "page=&on=&kind=&id=&when=&name="])
                    cases.Add(path, sent);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task F4_Empty_fields_are_no_values(string path, string sent)
    {
        await using var site = await Site.StartAsync(Table);

        using var response = await SendAsync(site, path, sent);

        Assert.Equal("none 10 none none none none", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/query", "size=")]
    [InlineData("/query", "SIZE&page=")]
    [InlineData("/members", "size=")]
    [InlineData("/fields", "size=")]
    [InlineData("/fields", "Size=&page=")]
    public async Task F4_Where_there_is_a_default_it_is_the_value_of_an_empty_field(string path, string sent)
    {
        await using var site = await Site.StartAsync(Table);

        using var response = await SendAsync(site, path, sent);

        Assert.Equal("none 10 none none none none", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/query")]
    [InlineData("/members")]
    [InlineData("/fields")]
    [InlineData("/record")]
    public async Task F4_Values_are_values_and_what_can_not_be_read_is_400(string path)
    {
        await using var site = await Site.StartAsync(Table);

        using var full =
            await SendAsync(site, path, "page=1&size=2&on=true&kind=Friday&id=00000000-0000-0000-0000-000000000001&when=2026-01-02");
        using var wrong = await SendAsync(site, path, "page=x");
        using var blank = await SendAsync(site, path, "page=%20");

        Assert.Equal("1 2 True Friday 00000000-0000-0000-0000-000000000001 2026-01-02", await full.Content.ReadAsStringAsync());
        Assert.Equal((400, 400), ((int)wrong.StatusCode, (int)blank.StatusCode));
    }

    [Theory]
    [InlineData("GET", "/query?number=")]
    [InlineData("DELETE", "/query?number=")]
    public async Task F4_What_is_required_is_missing_when_it_is_empty(string method, string path)
    {
        await using var site = await Site.StartAsync(Routes.File("/query", typeof(Required)));
        using var response = await site.SendAsync(method, path);
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task F4_An_empty_text_is_a_text_and_the_request_is_what_was_sent()
    {
        await using var site = await Site.StartAsync(Routes.File("/text", typeof(Texts)));
        Assert.Equal("[]?name=&page=", await site.GetAsync("/text?name=&page="));
    }

    private static Task<HttpResponseMessage> SendAsync(Site site, string path, string sent) => path is "/query" or "/members"
        ? site.SendAsync("GET", $"{path}?{sent}")
        : site.Client.PostAsync(
            path, new StringContent(
                (path == "/record" && !sent.Contains("size=", StringComparison.Ordinal) ? "title=ada&size=10&" : "") + sent, Encoding.UTF8,
                "application/x-www-form-urlencoded"));

    private static string Show(int? page, int size, bool? on, DayOfWeek? kind, Guid? id, DateOnly? when) =>
        $"{page?.ToString() ?? "none"} {size} {on?.ToString() ?? "none"} {kind?.ToString() ?? "none"} {id?.ToString() ?? "none"} {when?.ToString("yyyy-MM-dd") ?? "none"}";

    public sealed record Filter(int? Page, bool? On, DayOfWeek? Kind, Guid? Id, DateOnly? When, int Size = 10);

    public sealed class Form
    {
        public string? Title { get; set; }

        public int? Page { get; set; }

        public int Size { get; set; } = 10;

        public bool? On { get; set; }

        public DayOfWeek? Kind { get; set; }

        public Guid? Id { get; set; }

        public DateOnly? When { get; set; }
    }

    public static class Query
    {
        public static string Get(int? page, bool? on, DayOfWeek? kind, Guid? id, DateOnly? when, int size = 10) =>
            Show(page, size, on, kind, id, when);
    }

    public static class Members
    {
        public static string Get([AsParameters] Filter filter) =>
            Show(filter.Page, filter.Size, filter.On, filter.Kind, filter.Id, filter.When);
    }

    public static class Fields
    {
        public static string Post([FromForm] int? page, [FromForm] bool? on, [FromForm] DayOfWeek? kind, [FromForm] Guid? id,
            [FromForm] DateOnly? when, [FromForm] int size = 10) =>
            Show(page, size, on, kind, id, when);
    }

    public static class Record
    {
        public static string Post([FromForm] Form form) => Show(form.Page, form.Size, form.On, form.Kind, form.Id, form.When);
    }

    public static class Required
    {
        public static string Get(int number) => $"{number}";

        public static string Delete([FromQuery] int number) => $"{number}";
    }

    public static class Texts
    {
        public static string Get(HttpRequest request, string name, int? page) => $"[{name}]{request.QueryString}{page}";
    }
}
