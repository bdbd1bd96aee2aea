using System.Net;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Tests.Field;

/// <summary>
/// A form that demands an antiforgery token which nothing validates stops the start, and does not fail with each request.
/// </summary>
public class AntiforgeryTests
{
    private static readonly Dictionary<string, Type> Forms = new()
    {
        ["upload"] = typeof(Upload), ["uploads"] = typeof(Uploads), ["field"] = typeof(Field), ["record"] = typeof(Record),
        ["form"] = typeof(Whole),
    };

    public static TheoryData<string> Kinds => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task B4_Without_the_origin_check_and_without_antiforgery_the_start_stops(string kind)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Site.StartAsync([Routes.File("/api/form", Forms[kind])], static options => options.CheckOrigin = false));

        Assert.Contains("pages/api/form.cs", error.Message, StringComparison.Ordinal);
        Assert.Contains("UseAntiforgery", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task B4_With_the_origin_check_a_form_needs_no_token(string kind)
    {
        await using var site = await Site.StartAsync([Routes.File("/api/form", Forms[kind])], options: null);
        using var response = await SendAsync(site);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task B4_With_antiforgery_a_form_without_a_token_is_refused_and_the_problem_says_why(string kind)
    {
        await using var site = await Site.StartAsync(
            [Routes.File("/api/form", Forms[kind])],
            static options => options.CheckOrigin = false,
            static builder => builder.Services.AddAntiforgery(),
            static app => app.UseAntiforgery());
        using var response = await SendAsync(site);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("antiforgery", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task B4_A_form_that_wants_no_token_works_without_the_origin_check()
    {
        await using var site =
            await Site.StartAsync([Routes.File("/api/form", typeof(Open))], static options => options.CheckOrigin = false);
        using var response = await SendAsync(site);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task B4_A_token_that_an_attribute_demands_stops_the_start_with_the_origin_check_too() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Site.StartAsync([Routes.File("/api/form", typeof(Demanding))], options: null));

    private static Task<HttpResponseMessage> SendAsync(Site site) =>
        site.Client.PostAsync("/api/form",
            new MultipartFormDataContent { { new StringContent("ada"), "name" }, { new StringContent("x"), "file", "x.txt" } });

    public static class Upload
    {
        public static string Post(IFormFile file) => file.FileName;
    }

    public static class Uploads
    {
        public static string Post(IFormFileCollection files) => $"{files.Count}";
    }

    public static class Field
    {
        public static string Post([FromForm] string name) => name;
    }

    public static class Record
    {
        public static string Post([FromForm] Person person) => person.Name;
    }

    public static class Whole
    {
        public static string Post(IFormCollection form) => $"{form.Count}";
    }

    public static class Open
    {
        [RequireAntiforgeryToken(required: false)]
        public static string Post(IFormFile file) => file.FileName;
    }

    public static class Demanding
    {
        [RequireAntiforgeryToken]
        public static string Post(IFormFile file) => file.FileName;
    }

    public sealed record Person(string Name);
}
