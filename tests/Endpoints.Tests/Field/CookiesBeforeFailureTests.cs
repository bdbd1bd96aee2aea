using System.Text;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Tests.Field;

/// <summary>
/// Cookies and headers that middleware set survive an endpoint's failure; only the handler's own are dropped with its answer.
/// </summary>
public class CookiesBeforeFailureTests
{
    private static readonly FileRoute[] Table =
    [
        Routes.File("/api/fails", typeof(Fails)), Routes.File("/api/bound", typeof(Bound)), Routes.File("/api/made", typeof(NeverMade)),
        Routes.File("/api/rewrites", typeof(Rewrites)), Routes.File("/api/slow", typeof(Slow)),
    ];

    /// <summary>Every kind of failure: a name, the request, and the status of its answer.</summary>
    private static readonly (string Kind, string Method, string Path, string? Type, string? Body, int Status)[] Failures =
    [
        ("thrown at once", "GET", "/api/fails?how=now", null, null, 500),
        ("thrown later", "GET", "/api/fails?how=later", null, null, 500),
        ("thrown by the result", "GET", "/api/fails?how=result", null, null, 500),
        ("not to be serialized", "GET", "/api/fails?how=serialized", null, null, 500),
        ("no task", "DELETE", "/api/fails", null, null, 500),
        ("a handler that can't be made", "GET", "/api/made", null, null, 500),
        ("a parameter of the wrong kind", "GET", "/api/bound?number=x", null, null, 400),
        ("a parameter that is missing", "GET", "/api/bound", null, null, 400),
        ("a parameter that throws", "PATCH", "/api/bound", null, null, 500),
        ("malformed JSON", "POST", "/api/bound", "application/json", "{", 400),
        ("JSON of another shape", "POST", "/api/bound", "application/json", "[]", 400),
        ("another content type", "POST", "/api/bound", "text/plain", "x", 415),
        ("no body", "POST", "/api/bound", "application/json", "", 400),
        ("a body that is too large", "POST", "/api/bound", "application/json", "large", 413),
        ("a form that can't be read", "PUT", "/api/bound", "multipart/form-data; boundary=x", "nothing", 400),
        ("a file behind a rewrite", "GET", "/api/rewrites", null, null, 500),
        ("time that has run out", "GET", "/api/slow", null, null, 504),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var failure in Failures)
            {
                foreach (var way in (string[])["response", "header", "context"])
                    cases.Add(failure.Kind, way);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A1_A_cookie_that_middleware_set_outlives_every_kind_of_failure_and_the_handlers_does_not(string kind, string way)
    {
        var (_, method, path, type, body, status) = Failures.Single(failure => failure.Kind == kind);
        await using var site = await Site.StartAsync(
            Table,
            options: null,
            builder => builder.Services.AddHttpContextAccessor().AddRequestTimeouts()
                .Configure<RequestTimeoutOptions>(static timeouts => timeouts.AddPolicy("short", TimeSpan.FromMilliseconds(50))),
            app => app.UseRequestTimeouts().Use((context, next) =>
            {
                Set(context, way, "before", "kept");
                Set(context, way, "both", "first");
                return next(context);
            }));
        using var request = new HttpRequestMessage(new HttpMethod(method),
            path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "way=" + way);
        if (type is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body == "large" ? $"\"{new string('x', 3000)}\"" : body!));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var response = await site.Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 504)
        {
            // The middleware that answers empties the response; what the handler set is gone for all that.
            Assert.DoesNotContain(Cookies(response),
                static cookie => cookie.StartsWith("after=", StringComparison.Ordinal)
                    || cookie.StartsWith("both=second", StringComparison.Ordinal));
            return;
        }
        // a rewritten request passes the middleware twice
        Assert.Equal(["before=kept", "both=first"], Cookies(response).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("response")]
    [InlineData("header")]
    [InlineData("context")]
    public async Task A1_A_handler_that_succeeds_sends_its_own_beside_them(string way)
    {
        await using var site = await Site.StartAsync(Table, options: null, pipeline: app => app.Use((context, next) =>
        {
            Set(context, way, "before", "kept");
            return next(context);
        }));

        using var response = await site.SendAsync("GET", $"/api/fails?how=not&way={way}");

        Assert.Equal(["after=handler", "before=kept", "both=second"], Cookies(response).Order(StringComparer.Ordinal));
    }

    private static string[] Cookies(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies.Select(static cookie => cookie.Split(';')[0])] : [];

    private static void Set(HttpContext context, string way, string name, string value)
    {
        switch (way)
        {
            case "response":
                context.Response.Cookies.Append(name, value);
                break;
            case "header":
                context.Response.Headers.Append("Set-Cookie", $"{name}={value}");
                break;
            default:
                ApiContext.Of(context).Cookies.Set(name, value);
                break;
        }
    }

    /// <summary>The cookies and headers that a handler sets before it fails.</summary>
    private static void SetTwo(HttpContext context)
    {
        var way = context.Request.Query["way"].ToString();
        Set(context, way, "after", "handler");
        Set(context, way, "both", "second");
    }

    public static class Fails
    {
        public static async Task<object> Get(HttpContext context, string how)
        {
            SetTwo(context);
            if (how == "later")
                await Task.Yield();
            return how switch
            {
                "not" => TypedResults.Ok(),
                "result" => new Throwing(),
                "serialized" => new Circle(),
                _ => throw new InvalidOperationException("It fails."),
            };
        }

        public static Task Delete(HttpContext context)
        {
            SetTwo(context);
            return null!;
        }
    }

    public static class Bound
    {
        public static string Get(int number) => $"{number}";

        [RequestSizeLimit(2000)]
        public static string Post(Order order) => order.Name;

        public static string Put(IFormFile file) => file.Name;

        public static string Patch(Odd odd) => $"{odd}";
    }

    public sealed class NeverMade
    {
        public NeverMade(IHttpContextAccessor accessor)
        {
            SetTwo(accessor.HttpContext!);
            throw new InvalidOperationException("It can't be made.");
        }

        public static string Post() => "";

        public string Get() => ToString()!;
    }

    public static class Rewrites
    {
        public static IResult Get(ApiContext context) => context.Rewrite($"/api/fails?how=later&way={context.Request.Query["way"]}");
    }

    public static class Slow
    {
        [RequestTimeout("short")]
        public static async Task<string> Get(HttpContext context, CancellationToken cancellationToken)
        {
            SetTwo(context);
            await Task.Delay(TimeSpan.FromMinutes(1), cancellationToken);
            return "";
        }
    }

    public sealed record Order(string Name);

    public sealed class Odd
    {
        public static ValueTask<Odd?> BindAsync(HttpContext context)
        {
            SetTwo(context);
            throw new InvalidOperationException("It can't be bound.");
        }
    }

    public sealed class Circle
    {
        public Circle Self => this;
    }

    private sealed class Throwing : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("It can't be written.");
    }
}
