using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation.Tests.Validation;

/// <summary>Code without nullable annotations does not say whether a body may be absent. One that has a validator may not be.</summary>
public class ObliviousBodyTests
{
    public static TheoryData<string, string?, string?, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, string?, string?, int>();
            foreach (var path in (string[])["/file", "/minimal"])
            {
                foreach (var (type, body, status) in (((string?, string?, int)[])[("application/json", "", 400),
                    ("application/json", "null", 400), (null, null, 400), ("application/json", "{\"code\":\"x\"}", 200)]))
                    cases.Add(path, type, body, status);
            }
            cases.Add("/optional", "application/json", "", 200);
            cases.Add("/defaulted", "application/json", "", 200);
            foreach (var path in (string[])["/promised", "/allowed", "/annotated"])
            {
                foreach (var body in (string?[])["", "null", null])
                    cases.Add(path, body is null ? null : "application/json", body, 400);
                cases.Add(path, "application/json", "{\"code\":\"x\"}", 200);
            }
            foreach (var body in (string?[])["", "null", null])
                cases.Add("/optional", body is null ? null : "application/json", body, 200);
            cases.Add("/behaviour", "application/json", "", 200);
            cases.Add("/members", "application/json", "", 400);
            cases.Add("/members", "application/json", "null", 400);
            cases.Add("/list", "application/json", "", 400);
            cases.Add("/list", "application/json", "null", 400);
            cases.Add("/list", "application/json", "[null]", 200);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task F6_A_body_with_a_validator_is_required_unless_the_handler_says_otherwise(string path, string? type, string? body,
        int status)
    {
        await using var app = await StartAsync();
        using var content = body is null ? null : new StringContent(body, null, "application/json");
        if (content is not null && type is not null)
            content.Headers.ContentType = new(type);

        using var response = await app.Client.PostAsync(path, content);
        var (_, problem) = await TestApp.ReadAsync(response);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 400)
            Assert.Equal(path == "/list" ? "vouchers" : path == "/members" ? "Voucher" : "voucher", (string?)problem!["parameter"]);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        services => services.AddFileRoutes(),
        app =>
        {
            app.MapFileRoutes(
            [
                new("pages/file.cs", "/file", typeof(Oblivious), [new("POST", nameof(Oblivious.Post))]),
                new("pages/optional.cs", "/optional", typeof(Annotated), [new("POST", nameof(Annotated.Post))]),
                new("pages/defaulted.cs", "/defaulted", typeof(Oblivious), [new("POST", nameof(Oblivious.Defaulted))]),
                new("pages/promised.cs", "/promised", typeof(Annotated), [new("POST", nameof(Annotated.Promised))]),
                new("pages/allowed.cs", "/allowed", typeof(Annotated), [new("POST", nameof(Annotated.Allowed))]),
                new("pages/behaviour.cs", "/behaviour", typeof(Oblivious), [new("POST", nameof(Oblivious.Behaviour))]),
                new("pages/members.cs", "/members", typeof(Oblivious), [new("POST", nameof(Oblivious.Members))]),
                new("pages/list.cs", "/list", typeof(Oblivious), [new("POST", nameof(Oblivious.All))]),
                new("pages/annotated.cs", "/annotated", typeof(Annotated), [new("POST", nameof(Annotated.Required))]),
            ]);
            app.MapPost("/minimal", Oblivious.Post).WithValidation();
        });

    public sealed record Voucher(string Code);

    internal sealed class VoucherValidator : AbstractValidator<Voucher>
    {
        public VoucherValidator() => RuleFor(voucher => voucher.Code).NotEmpty();
    }

    public static class Annotated
    {
        public static string Post(Voucher? voucher) => voucher?.Code ?? "none";

        public static string Required(Voucher voucher) => voucher.Code;

        public static string Promised(Voucher voucher = default!) => voucher.Code;

        public static string Allowed([FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] Voucher voucher) => voucher.Code;
    }

#nullable disable
    public static class Oblivious
    {
        public static string Post(Voucher voucher) => voucher.Code;

        public static string Defaulted(Voucher voucher = null) => voucher?.Code ?? "none";

        public static string Behaviour([FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] Voucher voucher) => voucher?.Code ?? "none";

        public static string Members([AsParameters] Carrier carrier) => carrier.Voucher.Code;

        public static string All(List<Voucher> vouchers) => $"{vouchers.Count}";

        public sealed class Carrier
        {
            [FromBody]
            public Voucher Voucher { get; set; }
        }
    }
#nullable restore
}
