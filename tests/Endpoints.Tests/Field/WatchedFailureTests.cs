using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Diagnostics;

namespace Endpoints.Tests.Field;

/// <summary>Diagnostics that observe failures of minimal APIs observe those of endpoint files too.</summary>
public class WatchedFailureTests
{
    private static readonly FileRoute[] Table = [Routes.File("/api/fails", typeof(Fails))];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var environment in (string[])["Production", "Development"])
            {
                foreach (var how in (string[])["now", "later", "result", "filter", "made", "task"])
                    cases.Add(environment, how);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A7_An_unhandled_exception_is_in_the_metric_and_in_the_diagnostic_events(string environment, string how)
    {
        var metrics = new ConcurrentQueue<Dictionary<string, object?>>();
        using var meters = new MeterListener { InstrumentPublished = static (instrument, listener) => Watch(instrument, listener) };
        meters.SetMeasurementEventCallback<double>(
            (_, _, tags, _) => metrics.Enqueue(tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value)));
        meters.Start();
        await using var site = await Site.StartAsync(Table, options: null, static builder => builder.Services.AddHttpContextAccessor(),
            environment: environment);
        var events = new ConcurrentQueue<(string Name, object? Value)>();
        using var listening = site.Services.GetRequiredService<DiagnosticListener>().Subscribe(new Observer(events),
            static name => name.Contains("Exception", StringComparison.Ordinal));

        using var response =
            await site.SendAsync(how == "task" ? "DELETE" : "GET", how == "made" ? "/api/fails?how=made" : $"/api/fails?how={how}");

        Assert.Equal(500, (int)response.StatusCode);
        var (name, value) = Assert.Single(events);
        Assert.Equal("Microsoft.AspNetCore.Diagnostics.UnhandledException", name);
        var seen = (Exception)value!.GetType().GetProperty("exception")!.GetValue(value)!;
        Assert.IsType<HttpContext>(value.GetType().GetProperty("httpContext")!.GetValue(value), exactMatch: false);
        await WaitAsync(
            () => metrics.Any(
                tags => tags.GetValueOrDefault("error.type") as string == seen.GetType().FullName
                    && tags.GetValueOrDefault("http.response.status_code") is 500));
    }

    [Theory]
    [InlineData("/api/fails", 400)] // a parameter is missing
    [InlineData("/api/fails?how=not", 200)]
    [InlineData("/api/nothing", 404)]
    public async Task A7_What_is_no_failure_of_the_application_is_in_neither(string path, int status)
    {
        await using var site = await Site.StartAsync(Table, options: null, static builder => builder.Services.AddHttpContextAccessor());
        var events = new ConcurrentQueue<(string Name, object? Value)>();
        using var listening = site.Services.GetRequiredService<DiagnosticListener>().Subscribe(new Observer(events),
            static name => name.Contains("Exception", StringComparison.Ordinal));

        using var response = await site.SendAsync("GET", path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(events);
    }

    [Fact]
    public async Task A7_The_applications_exception_handlers_hear_of_it_and_may_answer()
    {
        var heard = new Heard();
        await using var site = await Site.StartAsync(Table, options: null, builder =>
        {
            builder.Services.AddSingleton(heard).AddHttpContextAccessor();
            builder.Services.AddExceptionHandler<Listening>().AddExceptionHandler<Answering>();
        });

        using var plain = await site.SendAsync("GET", "/api/fails?how=later");
        using var own = await site.SendAsync("GET", "/api/fails?how=teapot");
        using var bound = await site.SendAsync("GET", "/api/fails");

        Assert.Equal((500, 418, 400), ((int)plain.StatusCode, (int)own.StatusCode, (int)bound.StatusCode));
        Assert.Contains("internal-error", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("a teapot", await own.Content.ReadAsStringAsync());
        Assert.False(own.Headers.Contains("Set-Cookie"));
        Assert.Equal(["later /api/fails", "teapot /api/fails"], heard.All);
    }

    [Fact]
    public async Task A7_An_exception_handler_that_throws_is_no_way_around_the_answer()
    {
        await using var site =
            await Site.StartAsync(Table, options: null,
                static builder => builder.Services.AddHttpContextAccessor().AddExceptionHandler<Throwing>());

        using var response = await site.SendAsync("GET", "/api/fails?how=later");

        Assert.Equal(500, (int)response.StatusCode);
        Assert.Contains("internal-error", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static void Watch(Instrument instrument, MeterListener listener)
    {
        if (instrument.Name == "http.server.request.duration")
            listener.EnableMeasurementEvents(instrument);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 200, "It is not in the metric.");
            await Task.Delay(25);
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class FilteredAttribute : Attribute, IEndpointConvention
    {
        public void Apply(EndpointBuilder builder) => builder.FilterFactories.Add(static (_, next) => call =>
            call.HttpContext.Request.Query["how"] == "filter" ? throw new NotSupportedException("The filter fails.") : next(call));
    }

    [Filtered]
    public sealed class Fails
    {
        private readonly string _half = "half";

        public Fails(IHttpContextAccessor accessor)
        {
            if (accessor.HttpContext!.Request.Query["how"] == "made")
                throw new ArgumentException("It can't be made.");
        }

        public async Task<object> Get(HttpContext context, string how)
        {
            context.Response.Cookies.Append(_half, "done");
            if (how == "later")
                await Task.Yield();
            return how switch
            {
                "not" => TypedResults.Ok(),
                "result" => new ThrowingResult(),
                "teapot" => throw new FormatException("teapot"),
                _ => throw new InvalidOperationException(how),
            };
        }

        public Task Delete() => _half.Length == 0 ? Task.CompletedTask : null!;
    }

    public sealed class Heard
    {
        public ConcurrentQueue<string> All { get; } = [];
    }

    private sealed class Listening(Heard heard) : IExceptionHandler
    {
        public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            var feature = httpContext.Features.Get<IExceptionHandlerPathFeature>()!;
            Assert.Same(exception, feature.Error);
            heard.All.Enqueue($"{exception.Message} {feature.Path}");
            return new(false);
        }
    }

    private sealed class Answering : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not FormatException)
                return false;
            httpContext.Response.StatusCode = 418;
            await httpContext.Response.WriteAsync("a teapot", cancellationToken);
            return true;
        }
    }

    private sealed class Throwing : IExceptionHandler
    {
        public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The handler fails.");
    }

    private sealed class ThrowingResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("It can't be written.");
    }

    private sealed class Observer(ConcurrentQueue<(string, object?)> events) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(KeyValuePair<string, object?> value) => events.Enqueue((value.Key, value.Value));
    }
}
