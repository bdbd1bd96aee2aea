using System.Net;
using System.Net.Http.Json;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Endpoints.Tests.Handlers;

public class HandlerTests
{
    [Fact]
    public async Task Handlers_bind_as_minimal_apis_do()
    {
        await using var site = await Site.StartAsync(Routes.File("/api/[id]", typeof(Bound)));
        Assert.Equal(
            "5 q agent", await (await site.SendAsync("GET", "/api/5?query=q", ("User-Agent", "agent"))).Content.ReadAsStringAsync());
        var created = await site.Client.PostAsJsonAsync("/api/7", new Item("x", 3));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(new Item("7x", 3), await created.Content.ReadFromJsonAsync<Item>());
        Assert.Equal("[1,2]", await (await site.SendAsync("PUT", "/api/1")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await site.SendAsync("DELETE", "/api/1")).StatusCode);
    }

    [Fact]
    public async Task An_instance_is_made_for_each_request_and_disposed_of_after_it()
    {
        await using var site = await Site.StartAsync(
            [Routes.File("/sync", typeof(Instance)), Routes.File("/async", typeof(AsyncInstance)),
                Routes.File("/derived", typeof(Derived))],
            options: null,
            services: builder => builder.Services.AddSingleton<Journal>().AddScoped<Scoped>());
        var journal = site.Services.GetRequiredService<Journal>();

        Assert.Equal("sync 1", await site.GetAsync("/sync"));
        Assert.Equal("sync 2", await site.GetAsync("/sync"));
        Assert.Equal("async 3", await site.GetAsync("/async"));
        Assert.Equal("base 4", await site.GetAsync("/derived"));
        await site.DisposeAsync();
        Assert.Equal(["sync 1 disposed", "sync 2 disposed", "async 3 disposed"], journal.Lines);
    }

    [Fact]
    public async Task The_nearest_attribute_wins_and_those_that_add_up_add_up()
    {
        await using var site = await Site.StartAsync(Routes.File("/x", typeof(Marked), typeof(Outer), typeof(Inner)));
        var endpoints = site.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>() is not null);
        var get = endpoints.Single(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET"));
        var put = endpoints.Single(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("PUT"));
        Assert.Equal(["method"], get.Metadata.GetOrderedMetadata<SingleAttribute>().Select(mark => mark.Text));
        Assert.Equal(["inner"], put.Metadata.GetOrderedMetadata<SingleAttribute>().Select(mark => mark.Text));
        Assert.Equal(["outer", "inner", "class"], put.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy));
    }

    [Theory]
    [InlineData("GET", "/shapes/7?page=2", 200, "text/event-stream", "data: 7\n\ndata: 2\n\n")]
    [InlineData("PUT", "/shapes/7", 200, "application/json", "[7]")]
    [InlineData("PUT", "/shapes/0", 404, null, "")]
    [InlineData("PATCH", "/shapes/7?page=3", 200, "application/json", "{\"shape\":7,\"page\":3}")]
    [InlineData("DELETE", "/shapes/7", 200, "application/octet-stream", "7")]
    public async Task Handlers_answer_with_events_unions_parameter_objects_and_streams(string method, string path, int status, string? type,
        string body)
    {
        await using var site = await Site.StartAsync(Routes.File("/shapes/[shape]", typeof(Shapes)));

        using var response = await site.SendAsync(method, path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_nearer_guard_does_not_take_a_folders_guard_away()
    {
        await using var site = await Site.StartAsync(Routes.File("/x", typeof(NeedsAnyone), typeof(NeedsAdmin)));
        var get = site.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Single(endpoint => endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>() is not null);
        Assert.Equal(["admin", "anyone"], get.Metadata.GetOrderedMetadata<NeedAttribute>().Select(need => need.Role));
    }

    [Fact]
    public async Task An_attribute_that_is_a_convention_may_wrap_the_request_delegate_and_add_filters()
    {
        await using var site = await Site.StartAsync(Routes.File("/x", typeof(Wrapped)));
        var response = await site.SendAsync("GET", "/x");
        Assert.Equal("(handler)", await response.Content.ReadAsStringAsync());
        Assert.Equal("GET", Assert.Single(response.Headers.GetValues("X-Before")));
    }

    [Fact]
    public async Task Forms_need_no_token_while_the_origin_is_checked()
    {
        await using var site = await Site.StartAsync(Routes.File("/form", typeof(Form)));
        using var form =
            new MultipartFormDataContent { { new StringContent("Ada"), "name" }, { new ByteArrayContent([1, 2, 3]), "file", "a.bin" } };
        Assert.Equal("Ada 3", await (await site.Client.PostAsync("/form", form)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_handler_that_cannot_be_bound_stops_the_start()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.StartAsync(Routes.File("/x", typeof(Unbindable))));
        Assert.Contains("Body was inferred", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_cannot_be_made_stops_the_start()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.StartAsync(
            builder => builder.Services.AddFileRoutes(),
            app => app.MapFileRoutes([Routes.Echo("/x")])
                .AddEndpointFilterFactory((_, _) => throw new InvalidOperationException("no filter"))));
        Assert.Equal("no filter", e.Message);
    }

    public sealed record Item(string Name, int Count);

    public static class Unbindable
    {
        public static string Get(Item item) => item.Name;
    }

    public static class Bound
    {
        public static string Get(int id, string query, [Microsoft.AspNetCore.Mvc.FromHeader(Name = "User-Agent")] string agent) =>
            $"{id} {query} {agent}";

        public static async Task<IResult> PostAsync(string id, Item item, CancellationToken cancellation)
        {
            await Task.Delay(0, cancellation);
            return TypedResults.Created("/", item with { Name = id + item.Name });
        }

        public static async IAsyncEnumerable<int> Put()
        {
            yield return 1;
            await Task.Yield();
            yield return 2;
        }

        public static ValueTask<IResult> DeleteAsync() => new(TypedResults.NoContent());
    }

    public sealed class Journal
    {
        public List<string> Lines { get; } = [];

        public int Count { get; set; }
    }

    public sealed class Scoped(Journal journal)
    {
        public int Number { get; } = ++journal.Count;
    }

    public sealed class Instance(Journal journal, Scoped scoped) : IDisposable
    {
        public string Get(Scoped same) => ReferenceEquals(same, scoped) ? $"sync {scoped.Number}" : "another scope";

        public void Dispose() => journal.Lines.Add($"sync {scoped.Number} disposed");
    }

    public sealed class AsyncInstance(Journal journal, Scoped scoped) : IAsyncDisposable
    {
        public async Task<string> Get()
        {
            await Task.Yield();
            return $"async {scoped.Number}";
        }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            journal.Lines.Add($"async {scoped.Number} disposed");
        }
    }

    public class Base(Scoped scoped)
    {
        public string Get() => $"base {scoped.Number}";
    }

    public sealed class Derived(Scoped scoped) : Base(scoped);

    [AttributeUsage(AttributeTargets.All)]
    public sealed class SingleAttribute(string text) : Attribute
    {
        public string Text => text;
    }

    [Single("outer")]
    [Authorize("outer")]
    public static class Outer;

    [Single("inner")]
    [Authorize("inner")]
    public static class Inner;

    [Authorize("class")]
    public static class Marked
    {
        [Single("method")]
        public static string Get() => "";

        public static string Put() => "";
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class WrapAttribute : Attribute, IEndpointConvention
    {
        public void Apply(EndpointBuilder builder)
        {
            var inner = builder.RequestDelegate!;
            builder.FilterFactories.Add((_, next) => async context => $"({await next(context)})");
            builder.RequestDelegate = context =>
            {
                context.Response.Headers["X-Before"] = context.Request.Method;
                return inner(context);
            };
        }
    }

    [Wrap]
    public static class Wrapped
    {
        public static string Get() => "handler";
    }

    public static class Form
    {
        public static string Post([Microsoft.AspNetCore.Mvc.FromForm] string name, IFormFile file) => $"{name} {file.Length}";
    }

    [Need("admin")]
    private static class NeedsAdmin;

    private static class NeedsAnyone
    {
        [Need("anyone")]
        public static string Get() => "";
    }

    [AttributeUsage(AttributeTargets.All)]
    private sealed class NeedAttribute(string role) : Attribute, IAuthorizationRequirementData
    {
        public string Role => role;

        public IEnumerable<IAuthorizationRequirement> GetRequirements() =>
            [new Microsoft.AspNetCore.Authorization.Infrastructure.RolesAuthorizationRequirement([role])];
    }

    private static class Shapes
    {
        public static ServerSentEventsResult<int> Get(int shape, int page)
        {
            return TypedResults.ServerSentEvents(Events());

            async IAsyncEnumerable<int> Events()
            {
                yield return shape;
                await Task.Yield();
                yield return page;
            }
        }

        public static Results<Ok<List<int>>, NotFound> Put(int shape) =>
            shape == 0 ? TypedResults.NotFound() : TypedResults.Ok<List<int>>([shape]);

        public static Paging Patch([AsParameters] Paging paging) => paging;

        public static FileStreamHttpResult Delete(int shape) =>
            TypedResults.Stream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{shape}")));
    }

    private sealed record Paging(int Shape, int Page);
}
