using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation.Tests.Validation;

public class FileRouteValidationTests
{
    [Fact]
    public async Task A_file_route_validates_by_itself()
    {
        await using var app = await StartAsync("Production");

        var (status, body) = await app.PostAsync("/api/orders", """{"items":[{"price":0}]}""");
        var (passed, answer) = await app.PostAsync("/api/orders", """{"customer":"a"}""");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK, "a"), (status, passed, (string?)answer));
        Assert.Equal(["customer: missing", "items[0].price: positive"], TestApp.Errors(body));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_validator_that_throws_is_an_internal_error_that_says_nothing_of_it(string environment)
    {
        await using var app = await StartAsync(environment);

        using var content = new StringContent("{}", null, "application/json");
        using var response = await app.Client.PutAsync("/api/orders", content);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("urn:endpoints:problem:internal-error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Validator", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_json_is_not_a_validation_problem()
    {
        await using var app = await StartAsync("Production");

        var (status, body) = await app.PostAsync("/api/orders", """{"customer":""");

        Assert.Equal((HttpStatusCode.BadRequest, "urn:endpoints:problem:malformed-json"), (status, (string?)body!["type"]));
    }

    [Fact]
    public async Task The_pages_of_a_library_validate_too()
    {
        await using var app =
            await TestApp.StartAsync(services => services.AddFileRoutes(), app => app.MapFileRoutes(typeof(SampleLibrary.Parcel).Assembly));

        var (_, body) = await app.PostAsync("/api/library/parcels", """{"weight":0}""");

        Assert.Equal(["weight: 'Weight' must be greater than '0'."], TestApp.Errors(body));
    }

    private static Task<TestApp> StartAsync(string environment) =>
        TestApp.StartAsync(services => services.AddFileRoutes(), app => app.MapFileRoutes(), environment);
}
