using Endpoints.Shared.Naming;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Endpoints.Tests.Conformance;

/// <summary>Tables of random files, under random requests, against the <see cref="Oracle"/>.</summary>
public class RandomRoutesTests
{
    private static readonly string[] Names =
    [
        "a", "b", "A.b", "v1.0", "a-b", "x.json", "[p]", "[p]", "[p]-[q]", "[p].[q]", "a[p]", "[p]b", "[p].json", "a-[p].json", "[...r]",
        "[...r]", "a-[...r]",
        "[...r].json", "[p]-[...r]", "[...r]-b",
    ];

    private static readonly string[] Texts =
        ["a", "b", "A", "A.b", "v1.0", "a-b", "a-b-c", "x.json", "ab", "aab", "a.b.json", "-", "a-", "-b", ".json", "é", "a b", "1"];

    [Theory]
    [InlineData(TrailingSlash.Ignore, "/")]
    [InlineData(TrailingSlash.Always, "/")]
    [InlineData(TrailingSlash.Never, "/")]
    [InlineData(TrailingSlash.Ignore, "/base")]
    [InlineData(TrailingSlash.Always, "/v1.0")]
    [InlineData(TrailingSlash.Never, "/base")]
    public async Task The_matcher_agrees_with_a_slow_reading_of_the_rules(TrailingSlash setting, string basePath)
    {
        var random = new Random(20260 + (int)setting + basePath.Length);
        for (var table = 0; table < 8; table++)
        {
            var routes = RandomTable(random);
            var vectors = new VectorCase(
                "", "", "", new VectorConfig($"{setting}".ToLowerInvariant(), basePath, false, null, [], null),
                [.. routes.Select(route => new VectorFile(route.File[..^3], [.. route.Methods.Select(method => method.HttpMethod)], null))],
                null,
                [.. routes.Select(route => new VectorRoute(route.File[..^3], route.Route, []))],
                []);
            var oracle = new Oracle(vectors, vectors.Routes.Select(route => route.File).ToHashSet());
            await using var app = await StartAsync(routes, setting, basePath);
            var client = app.GetTestServer();

            for (var i = 0; i < 100; i++)
            {
                var method = random.Next(6) switch { 0 => "POST", 1 => "HEAD", 2 => "DELETE", 3 => "OPTIONS", _ => "GET" };
                var path = RandomPath(random, basePath);
                var context = await client.SendAsync(request =>
                {
                    request.Request.Method = method;
                    request.Request.Path = path;
                });
                var prediction = oracle.Predict(path, new VectorRequest(method, path, null, null, null, null!, null), "");
                var expected = prediction.File is null
                    ? $"{prediction.Status}"
                    : $"{prediction.File} {prediction.Export} {string.Join(';', prediction.Params!.Where(value => value.Value is not null).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}"))}";
                var actual = context.Items.TryGetValue("chosen", out var chosen) ? (string)chosen! : $"{context.Response.StatusCode}";
                Assert.True(expected == actual,
                    $"{method} '{path}' ({setting}, {basePath})\nexpected {expected}\nactual   {actual}\n{string.Join('\n', routes.Select(route => route.ToString()))}");
            }
        }
    }

    private static FileRoute[] RandomTable(Random random)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var routes = new List<RouteSegments>();
        for (var i = random.Next(1, 9); i > 0; i--)
        {
            var number = 0;
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 5)).Select(_ => "/" + Names[random.Next(Names.Length)]
                .Replace("p", $"p{number++}", StringComparison.Ordinal).Replace("q", $"q{number++}", StringComparison.Ordinal)
                .Replace("r]", $"r{number++}]", StringComparison.Ordinal)));
            var route = RouteSegments.Parse(text.Length == 0 ? "/" : text);
            if (seen.Add(route.Shape))
                routes.Add(route);
        }
        string[][] methods = [["GET"], ["GET", "POST"], ["ALL"], ["GET", "ALL"], ["DELETE", "HEAD"]];
        return [.. RouteOrder.Sort(routes, route => route).Select(route => new FileRoute(
            $"pages{route.Text}/index.cs", route.Text, typeof(Chosen),
            [.. methods[random.Next(methods.Length)].Select(method => new FileRouteMethod(method, nameof(Chosen.Answer)))]))];
    }

    private static string RandomPath(Random random, string basePath)
    {
        var path = string.Concat(
            Enumerable.Range(0, random.Next(0, 6)).Select(_ => "/" + (random.Next(30) == 0 ? "" : Texts[random.Next(Texts.Length)])));
        path = (random.Next(10) == 0 ? "" : basePath.TrimEnd('/')) + path + (random.Next(3) == 0 ? "/" : "");
        return path.Length == 0 ? "/" : path;
    }

    private static async Task<WebApplication> StartAsync(FileRoute[] routes, TrailingSlash setting, string basePath)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddFileRoutes(options => (options.TrailingSlash, options.BasePath) = (setting, basePath));
        var app = builder.Build();
        app.MapFileRoutes(routes);
        await app.StartAsync();
        return app;
    }

    public static class Chosen
    {
        public static void Answer(HttpContext context)
        {
            var endpoint = context.GetEndpoint()!;
            var file = endpoint.Metadata.GetMetadata<FileRoute>()!;
            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Single() ?? "ALL";
            var values = context.Request.RouteValues.OrderBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => $"{value.Key}={value.Value ?? "null"}");
            context.Items["chosen"] = $"{file.File[..^3]} {method} {string.Join(';', values)}";
        }
    }
}
