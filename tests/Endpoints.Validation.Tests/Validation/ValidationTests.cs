using System.Net;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation.Tests.Validation;

public class ValidationTests
{
    [Fact]
    public async Task The_handler_runs_only_when_nothing_is_wrong()
    {
        var runs = 0;
        await using var app = await StartAsync((Order order) => Interlocked.Increment(ref runs));

        var (refused, _) = await app.PostAsync("/", "{}");
        Assert.Equal((HttpStatusCode.BadRequest, 0), (refused, runs));

        var (passed, _) = await app.PostAsync("/", """{"customer":"warn","items":[{"price":1}]}""");
        Assert.Equal((HttpStatusCode.OK, 1), (passed, runs));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_body_that_may_be_absent_is_not_validated_when_it_is(string json)
    {
        await using var app = await StartAsync((Order? order) => order is null ? "none" : "some");

        var (status, body) = await app.PostAsync("/", json);

        Assert.Equal((HttpStatusCode.OK, "none"), (status, (string?)body));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task What_can_not_be_bound_is_refused_before_anything_is_validated(string environment)
    {
        var asked = new Asked();
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators().AddSingleton(asked),
            app => app.MapPost("/", (int page, Question question) => page).WithValidation(),
            environment);

        var (status, _) = await app.PostAsync("/?page=x", """{"text":""}""");

        Assert.Equal((HttpStatusCode.BadRequest, 0), (status, asked.Times));
    }

    [Fact]
    public async Task An_endpoint_that_is_asked_twice_to_validate_does_so_once()
    {
        var asked = new Asked();
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators().AddSingleton(asked),
            app => app.MapGroup("").WithValidation().MapPost("/", (Question question) => "").WithValidation());

        await app.PostAsync("/", """{"text":"a"}""");

        Assert.Equal(1, asked.Times);
    }

    [Fact]
    public async Task An_endpoint_without_validators_gets_no_filter_and_others_say_that_they_answer_400()
    {
        await using var app = await TestApp.StartAsync(services => services.AddEndpointValidators(), app =>
        {
            var group = app.MapGroup("").WithValidation();
            group.MapPost("/without", (Home home, HttpContext context, CancellationToken ct) => home.Street);
            group.MapPost("/with", (Order order) => order.Customer);
        });

        var answers = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.ToDictionary(
            static endpoint => ((RouteEndpoint)endpoint).RoutePattern.RawText!,
            static endpoint => endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()
                .Any(static answer => answer.StatusCode == 400));

        Assert.Equal(new Dictionary<string, bool> { ["/without"] = false, ["/with"] = true }, answers);
    }

    [Fact]
    public async Task An_answer_lists_a_thousand_errors_at_most_and_says_that_there_are_more()
    {
        await using var app = await StartAsync((Item[] items) => items.Length);

        var (_, all) = await app.PostAsync("/", $"[{string.Join(',', Enumerable.Repeat("{}", 999))}]");
        var (_, some) = await app.PostAsync("/", $"[{string.Join(',', Enumerable.Repeat("{}", 100_000))}]");

        Assert.Equal((999, null), (TestApp.Errors(all).Length, (bool?)all!["more"]));
        Assert.Equal((1000, true), (TestApp.Errors(some).Length, (bool?)some!["more"]));
    }

    [Fact]
    public async Task A_rule_that_waits_sees_that_the_client_has_gone()
    {
        var waiting = new Waiting();
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators().AddSingleton(waiting),
            app => app.MapPost("/", (Slow slow) => "").WithValidation());

        using var client = new CancellationTokenSource();
        using var content = new StringContent("{}", null, "application/json");
        var request = app.Client.PostAsync("/", content, client.Token);
        await waiting.Begun.Task;
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await waiting.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static Task<TestApp> StartAsync(Delegate handler) =>
        TestApp.StartAsync(services => services.AddEndpointValidators(), app => app.MapPost("/", handler).WithValidation());

    public sealed record Home(string? Street);

    public sealed class Asked
    {
        public int Times { get; set; }
    }

    public sealed record Question(string Text);

    internal sealed class QuestionValidator : AbstractValidator<Question>
    {
        public QuestionValidator(Asked? asked = null) => RuleFor(question => question.Text).Must(text =>
        {
            asked!.Times++;
            return text.Length > 0;
        });
    }

    public sealed class Waiting
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed record Slow;

    internal sealed class SlowValidator : AbstractValidator<Slow>
    {
        public SlowValidator(Waiting? waiting = null) => RuleFor(slow => slow).MustAsync(async (_, ct) =>
        {
            waiting!.Begun.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
                return true;
            }
            catch (OperationCanceledException)
            {
                waiting.Cancelled.SetResult();
                throw;
            }
        });
    }
}
