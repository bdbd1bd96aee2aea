using System.ComponentModel.DataAnnotations;
using System.Net;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation.Tests.Validation;

/// <summary>In an application that calls AddValidation(), attributes hold on endpoint files as on minimal APIs.</summary>
public class AnnotationTests
{
    public static TheoryData<string, string, string, string> Cases => new()
    {
        // Method and target, body, content type, errors.
        { "POST /record", """{"age":7,"name":"x"}""", "application/json", "" },
        { "POST /record", """{"age":0,"name":"x"}""", "application/json", "age" },
        { "POST /record", """{"age":0,"name":"xxxxxx"}""", "application/json", "age; name" },
        { "POST /class", """{"code":"x","inner":{"age":0,"name":"x"}}""", "application/json", "inner.age" },
        { "POST /class", """{"code":"x","all":[{"age":1,"name":"x"},{"age":0,"name":"x"}]}""", "application/json", "all[1].age" },
        { "POST /class", """{"code":"x","byName":{"a":{"age":0,"name":"x"}}}""", "application/json", "byName.a.age" },
        { "POST /class", "{}", "application/json", "code" },
        { "POST /class", """{"next":{"code":"x","next":{"inner":{"age":0,"name":"x"}}}}""", "application/json",
            "code; next.next.code; next.next.inner.age" },
        { "POST /list", """[{"age":0,"name":"x"}]""", "application/json", "[0].age" },
        { "POST /itself", """{"from":2,"to":1}""", "application/json", "to" },
        { "POST /itself", """{"from":1,"to":2}""", "application/json", "" },
        { "POST /derived", """{"$type":"tall","height":0}""", "application/json", "height" },
        { "POST /form", "age=0&name=x", "application/x-www-form-urlencoded", "age" },
        { "POST /form", "Age=0&name=x", "application/x-www-form-urlencoded", "Age" },
        { "POST /both", """{"age":0,"name":""}""", "application/json", "age; name" },
        { "GET /query?page=0", "", "", "page" },
        { "GET /query?page=1", "", "", "" },
        { "GET /query?page=1&Sort=xxxxxx", "", "", "Sort" },
        { "POST /rules", """{"first":"a","second":"b"}""", "application/json", "second" },
        { "POST /rules", """{"first":"a","second":"a","kind":"z"}""", "application/json", "kind" },
        { "POST /rules", """{"first":"a","second":"a","even":3}""", "application/json", "even" },
        { "POST /rules", """{"first":"a","second":"a","from":5,"to":4}""", "application/json", "" },
        { "POST /rules", """{"first":"a","second":"a","stamp":{"from":2,"to":1}}""", "application/json", "stamp.to" },
        { "POST /rules", """{"first":"a","second":"a","spans":[{"from":1,"to":2},{"from":2,"to":1}]}""", "application/json",
            "spans[1].to" },
        { "POST /rules", """{"first":"a","second":"a","point":{"x":-1}}""", "application/json", "point.x" },
        { "POST /rules", """{"first":"a","second":"a","unlooked":{"age":0,"name":"x"}}""", "application/json", "" },
        { "POST /rules", """{"first":"a","second":"a","boxed":{"value":{"age":0,"name":"x"}}}""", "application/json", "boxed.value.age" },
        { "POST /whole", """{"from":2,"to":1}""", "application/json", "(whole)" },
        { "GET /parts?tags=a&tags=b&tags=c", "", "", "tags" },
        { "GET /parts?tags=a&day=2026-01-01", "", "", "" },
        { "GET /parts?tags=a&code=xxxxxx", "", "", "code" },
        { "GET /members?page=0", "", "", "page" },
        { "GET /members?page=0&sort=xxxxxx", "", "", "page; sort" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task F9_Attributes_and_validators_both_run(string request, string body, string type, string errors)
    {
        await using var app = await StartAsync(annotated: true);

        var (status, problem) = await SendAsync(app, request, body, type);

        Assert.Equal(errors.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, status);
        if (errors.Length > 0)
            Assert.Equal(
                errors, string.Join("; ",
                    problem!["errors"]!.AsObject().Select(static error => error.Key.Length == 0 ? "(whole)" : error.Key)
                        .Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task F9_Without_AddValidation_only_validators_run(string request, string body, string type, string errors)
    {
        await using var app = await StartAsync(annotated: false);

        var (status, _) = await SendAsync(app, request, body, type);

        Assert.Equal(errors.Length > 0 && request == "POST /both" ? HttpStatusCode.BadRequest : HttpStatusCode.OK, status);
    }

    private static async Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonNode? Problem)> SendAsync(TestApp app, string request,
        string body, string type)
    {
        var parts = request.Split(' ');
        using var message = new HttpRequestMessage(new(parts[0]), parts[1]);
        if (type.Length > 0)
            message.Content = new StringContent(body, null, type);
        using var response = await app.Client.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, response.IsSuccessStatusCode ? null : System.Text.Json.Nodes.JsonNode.Parse(text));
    }

    private static Task<TestApp> StartAsync(bool annotated) => TestApp.StartAsync(
        services =>
        {
            services.AddFileRoutes();
            if (annotated)
                services.AddValidation();
        },
        static app =>
            app.MapFileRoutes(
                [.. Pages.Select(
                    static page => new FileRoute($"pages/{page.Path}.cs", $"/{page.Path}", page.Handler,
                        [new(page.Method, page.Handler.GetMethods()[0].Name)]))]));

    private static readonly (string Path, string Method, Type Handler)[] Pages =
    [
        ("record", "POST", typeof(RecordPage)), ("class", "POST", typeof(ClassPage)), ("list", "POST", typeof(ListPage)),
        ("itself", "POST", typeof(ItselfPage)), ("derived", "POST", typeof(DerivedPage)),
        ("form", "POST", typeof(FormPage)), ("both", "POST", typeof(BothPage)), ("query", "GET", typeof(QueryPage)),
        ("members", "GET", typeof(MembersPage)), ("rules", "POST", typeof(RulesPage)), ("whole", "POST", typeof(WholePage)),
        ("parts", "GET", typeof(PartsPage)),
    ];

    public sealed record Guest([Range(1, 99)] int Age, [StringLength(5)] string Name);

    public sealed class Party
    {
        [Required]
        public string? Code { get; set; }

        public Guest? Inner { get; set; }

        public List<Guest> All { get; set; } = [];

        public Dictionary<string, Guest> ByName { get; set; } = [];

        public Party? Next { get; set; }
    }

    public sealed class Span : IValidatableObject
    {
        public int From { get; set; }

        public int To { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (To < From)
                yield return new("It ends before it begins.", [nameof(To)]);
        }
    }

    [System.Text.Json.Serialization.JsonDerivedType(typeof(Tall), "tall")]
    public class Thing
    {
        public string? Name { get; set; }
    }

    public sealed class Tall : Thing
    {
        [Range(1, 9)]
        public int Height { get; set; }
    }

    public sealed record Both([Range(1, 99)] int Age, string Name);

    internal sealed class BothValidator : AbstractValidator<Both>
    {
        public BothValidator() => RuleFor(both => both.Name).NotEmpty();
    }

    public sealed record Paging([Range(1, 99)] int Page, [StringLength(5)] string? Sort);

    public sealed class EvenAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
        {
            Assert.NotNull(validationContext.GetService<IServiceScopeFactory>());
            return value is int number && number % 2 != 0 ? new("It is odd.") : ValidationResult.Success;
        }
    }

    /// <summary>An attribute of the type as a whole.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class InOrderAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => value is not Whole whole || whole.From <= whole.To;
    }

    public sealed class Rules
    {
        [Required]
        public string First { get; set; } = "";

        [Compare(nameof(First))]
        public string Second { get; set; } = "";

        [AllowedValues("x", "y", null)]
        public string? Kind { get; set; }

        [Even]
        public int Even { get; set; }

        public Span? Stamp { get; set; }

        public Span[] Spans { get; set; } = [];

        public Point? Point { get; set; }

        [Microsoft.AspNetCore.Mvc.ModelBinding.Validation.ValidateNever]
        public Guest? Unlooked { get; set; }

        public Boxed<Guest>? Boxed { get; set; }
    }

    public readonly record struct Point([property: Range(0, 9)] int X);

    public sealed record Boxed<T>(T Value);

    [InOrder]
    public sealed record Whole(int From, int To);

    public static class RulesPage
    {
        public static string Post(Rules rules) => rules.First;
    }

    public static class WholePage
    {
        public static int Post(Whole whole) => whole.To;
    }

    public static class PartsPage
    {
        public static int Get([MaxLength(2)] string[] tags, DateOnly? day, [FromQuery, RegularExpression("[a-z]{1,5}")] string? code) =>
            tags.Length + (day?.Day ?? 0) + (code?.Length ?? 0);
    }

    public static class RecordPage
    {
        public static string Post(Guest guest) => guest.Name;
    }

    public static class ClassPage
    {
        public static string Post(Party party) => party.Code ?? "";
    }

    public static class ListPage
    {
        public static int Post(Guest[] guests) => guests.Length;
    }

    public static class ItselfPage
    {
        public static int Post(Span span) => span.To;
    }

    public static class DerivedPage
    {
        public static string Post(Thing thing) => thing.Name ?? "";
    }

    public static class FormPage
    {
        public static string Post([FromForm] Guest guest) => guest.Name;
    }

    public static class BothPage
    {
        public static string Post(Both both) => both.Name;
    }

    public static class QueryPage
    {
        public static int Get([Range(1, 99)] int page, [FromQuery(Name = "Sort"), StringLength(5)] string? order) =>
            page + (order?.Length ?? 0);
    }

    public static class MembersPage
    {
        public static int Get([AsParameters] Paging paging) => paging.Page;
    }
}
