using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation.Tests.Validation;

public class NamesTests
{
    [Theory]
    [InlineData("""{}""", "customer: missing")]
    [InlineData("""{"customer":"a","address":{"zipCode":"1"}}""", "address.zipCode: five")]
    [InlineData("""{"customer":"a","items":[{"price":1},{"price":1},{"price":0}]}""", "items[2].price: positive")]
    [InlineData("""{"customer":"a","prices":{"eur":{"amount":1},"USD":{"amount":0}}}""", "prices.USD.amount: positive")]
    [InlineData("""{"customer":"a","prices":{"a.b":{"amount":0}}}""", "prices['a.b'].amount: positive")]
    [InlineData("""{"customer":"a","e-mail":"x"}""", "e-mail: no address")]
    [InlineData("""{"customer":"a","x.y":"x"}""", "['x.y']: odd")]
    [InlineData("""{"customer":"a","payment":{"$type":"card"}}""", "payment.card_number: missing")]
    [InlineData("""{"customer":"nobody"}""", ": whole")]
    [InlineData("""{"customer":"custom"}""", "Who Is It: own")]
    public async Task An_error_in_a_body_is_named_as_in_the_json_that_the_client_sent(string json, string error)
    {
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators(),
            app => app.MapPost("/orders", (Order order) => order.Customer).WithValidation());

        var (status, body) = await app.PostAsync("/orders", json);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal([error], TestApp.Errors(body));
    }

    [Theory]
    [InlineData("multipart/form-data", "")] // no boundary: reading it would fail
    [InlineData("application/x-www-form-urlencoded", "a=1")]
    public async Task A_form_that_the_endpoint_does_not_bind_is_not_read_for_names(string contentType, string form)
    {
        var body = new UnreadableStream();
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators(),
            app =>
            {
                app.Use((context, next) =>
                {
                    context.Request.Body = body;
                    return next(context);
                });
                app.MapPost("/shops/{shop}", ([AsParameters] Paging paging) => paging.Page).WithValidation();
            });
        using var content = new StringContent(form);
        content.Headers.ContentType = new(contentType);

        var (status, _) = await TestApp.ReadAsync(await app.Client.PostAsync("/shops/1?page=0", content));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.False(body.WasRead);
    }

    [Fact]
    public async Task The_names_follow_the_naming_policy_of_the_application()
    {
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators()
                .ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper),
            app => app.MapPost("/orders", (Order order) => order.Customer).WithValidation());

        var (_, body) = await app.PostAsync("/orders", """{"ADDRESS":{"ZIP_CODE":"1"},"ITEMS":[{"PRICE":0}]}""");

        Assert.Equal(["CUSTOMER: missing", "ADDRESS.ZIP_CODE: five", "ITEMS[0].PRICE: positive"], TestApp.Errors(body));
    }

    [Theory]
    [InlineData("/list", """[{"price":1},{"price":0},null,{"price":-1}]""", "[1].price: positive", "[3].price: positive")]
    [InlineData("/array", """[{"price":0}]""", "[0].price: positive")]
    [InlineData("/lists", """[[],[{"price":1},{"price":0}]]""", "[1][1].price: positive")]
    [InlineData("/map", """{"a":{"price":1},"b":{"price":0}}""", "b.price: positive")]
    [InlineData("/payment", """{"$type":"card"}""", "card_number: missing")]
    [InlineData("/payments", """[{"$type":"cash","coins":1},{"$type":"card"}]""", "[1].card_number: missing")]
    public async Task Elements_and_derived_types_are_validated_as_what_they_are(string path, string json, params string[] errors)
    {
        await using var app = await TestApp.StartAsync(services => services.AddEndpointValidators(), app =>
        {
            var group = app.MapGroup("").WithValidation();
            group.MapPost("/list", (List<Item?> items) => items.Count);
            group.MapPost("/array", (Item[] items) => items.Length);
            group.MapPost("/lists", ([FromBody] IEnumerable<IReadOnlyCollection<Item>> items) => items.Count());
            group.MapPost("/map", (Dictionary<string, Item> items) => items.Count);
            group.MapPost("/payment", (Payment payment) => payment.ToString());
            group.MapPost("/payments", (Payment[] payments) => payments.Length);
        });

        var (_, body) = await app.PostAsync(path, json);

        Assert.Equal(errors, TestApp.Errors(body));
    }

    [Theory]
    [InlineData("?page=0&per-page=0&Sort=bad", "page: page", "per-page: per-page", "Sort: sort")]
    [InlineData("", "page: page", "per-page: per-page")]
    public async Task Members_of_a_parameter_object_are_named_as_parameters_of_the_request(string query, params string[] errors)
    {
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators(),
            app => app.MapGet("/shops/{shop}", ([AsParameters] Paging paging) => paging.Page).WithValidation());

        var (_, body) = await app.GetAsync("/shops/x" + query);

        Assert.Equal(["shop: shop", .. errors, "X-Tenant: tenant"], TestApp.Errors(body));
    }

    public sealed record Paging(string Shop, [FromQuery(Name = "per-page")] int? PerPage, string? Sort, int? Page,
        [FromHeader(Name = "X-Tenant")] string? Tenant);

    internal sealed class PagingValidator : AbstractValidator<Paging>
    {
        public PagingValidator()
        {
            RuleFor(paging => paging.Shop).NotEqual("x").WithMessage("shop");
            RuleFor(paging => paging.Page).Must(page => page > 0).WithMessage("page");
            RuleFor(paging => paging.PerPage).Must(page => page > 0).WithMessage("per-page");
            RuleFor(paging => paging.Sort).NotEqual("bad").WithMessage("sort");
            RuleFor(paging => paging.Tenant).NotEmpty().WithMessage("tenant");
        }
    }

    [Fact]
    public async Task All_errors_of_all_arguments_are_in_one_answer()
    {
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators(),
            app => app.MapPost("/stocks/{stock}",
                (Sku stock, [FromQuery(Name = "other-sku")] Sku[] others, [FromHeader(Name = "X-Sku")] Sku header, Order order) =>
                    order.Customer).WithValidation());

        using var request = new HttpRequestMessage(HttpMethod.Post,
            "/stocks/-1?other-sku=1&other-sku=-3") { Content = new StringContent("{}", null, "application/json") };
        request.Headers.Add("X-Sku", "-4");
        var (_, body) = await TestApp.ReadAsync(await app.Client.SendAsync(request));

        Assert.Equal(["stock: positive", "other-sku[1]: positive", "X-Sku: positive", "customer: missing"], TestApp.Errors(body));
    }

    [Fact]
    public async Task The_body_of_a_parameter_object_is_named_without_the_object_and_each_member_is_validated_by_its_own_type()
    {
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators(),
            app => app.MapPut("/orders/{id}", ([AsParameters] Change change) => change.Id.Number).WithValidation());

        using var content = new StringContent("""{"address":{"zipCode":"1"}}""", null, "application/json");
        var (_, body) = await TestApp.ReadAsync(await app.Client.PutAsync("/orders/-1", content));

        Assert.Equal(["id: positive", "customer: missing, no stranger", "address.zipCode: five"], TestApp.Errors(body));
    }

    public readonly record struct Sku(int Number) : IParsable<Sku>
    {
        public static Sku Parse(string s, IFormatProvider? provider) => new(int.Parse(s, provider));

        public static bool TryParse(string? s, IFormatProvider? provider, out Sku result)
        {
            var ok = int.TryParse(s, provider, out var number);
            result = new Sku(number);
            return ok;
        }
    }

    internal sealed class SkuValidator : AbstractValidator<Sku>
    {
        public SkuValidator() => RuleFor(sku => sku.Number).GreaterThan(0).WithMessage("positive");
    }

    public struct Change
    {
        public Sku Id { get; set; }

        [FromBody]
        public Order Order { get; set; }
    }

    internal sealed class ChangeValidator : AbstractValidator<Change>
    {
        public ChangeValidator() => RuleFor(change => change.Order.Customer).NotEmpty().WithMessage("no stranger");
    }

    [Fact]
    public async Task Form_fields_are_named_as_sent_and_missing_ones_as_in_json()
    {
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators().AddAntiforgery(),
            app => app.MapPost("/form", ([FromForm] Contact contact, [FromForm(Name = "sku-no")] Sku sku) => contact.Name).WithValidation()
                .DisableAntiforgery());

        using var content = new FormUrlEncodedContent([new("Name", "x"), new("Home.Zip", "x"), new("sku-no", "-1")]);
        var (_, body) = await TestApp.ReadAsync(await app.Client.PostAsync("/form", content));

        Assert.Equal(["Name: name", "Home.Zip: zip", "mail: mail", "sku-no: positive"], TestApp.Errors(body));
    }

    public sealed class Contact
    {
        public string? Name { get; set; }

        public Home? Home { get; set; }

        public string? Mail { get; set; }
    }

    public sealed class Home
    {
        public string? Zip { get; set; }
    }

    internal sealed class ContactValidator : AbstractValidator<Contact>
    {
        public ContactValidator()
        {
            RuleFor(contact => contact.Name).NotEqual("x").WithMessage("name");
            RuleFor(contact => contact.Home!.Zip).NotEqual("x").WithMessage("zip").When(contact => contact.Home is not null);
            RuleFor(contact => contact.Mail).NotEmpty().WithMessage("mail");
        }
    }

    [Fact]
    public async Task Names_are_found_for_ignored_extra_and_field_members_and_dictionaries_by_their_values()
    {
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators().ConfigureHttpJsonOptions(json => json.SerializerOptions.IncludeFields = true),
            app => app.MapPost("/odd", (OddShapes odd) => odd.Numbers.Count).WithValidation());

        var (_, body) = await app.PostAsync("/odd", """{"theField":0,"numbers":{"5":-1,"six seven":1,"eight nine":-2},"surplus":1}""");

        Assert.Equal(["theField: field", "hidden: hidden", "surplus: surplus", "numbers.5: number", "numbers['eight nine']: number"],
            TestApp.Errors(body));
    }

    internal sealed class OddShapes
    {
        public int TheField = 1;

        [JsonIgnore]
        public int Hidden { get; set; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement> More { get; set; } = [];

        public Dictionary<string, int> Numbers { get; set; } = [];
    }

    internal sealed class OddShapesValidator : AbstractValidator<OddShapes>
    {
        public OddShapesValidator()
        {
            RuleFor(odd => odd.TheField).GreaterThan(0).WithMessage("field");
            RuleFor(odd => odd.Hidden).GreaterThan(0).WithMessage("hidden");
            RuleForEach(odd => odd.More).Must(more => more.Key != "surplus").WithMessage("surplus");
            RuleForEach(odd => odd.Numbers.Values).GreaterThan(0).WithMessage("number");
        }
    }

    private sealed class UnreadableStream : MemoryStream
    {
        public bool WasRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Refuse();

        public override int Read(Span<byte> buffer) => Refuse();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Refuse());

        private int Refuse()
        {
            WasRead = true;
            return 0;
        }
    }
}
