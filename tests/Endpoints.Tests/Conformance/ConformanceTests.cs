using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Tests.Hosting;
using Xunit.Abstractions;

namespace Endpoints.Tests.Conformance;

/// <summary>
/// Every request that was recorded from a real Astro site, against the same files in C#. Where the design differs from Astro on purpose,
/// the answer is held against the <see cref="Oracle"/> instead, and counted by the code of the difference.
/// </summary>
public class ConformanceTests(ITestOutputHelper output)
{
    private const string CrossSite = "cross-site check";

    private static readonly Vectors Recorded = Vectors.Load();

    // What a server answers before any routing.
    private static readonly string[] ServersOwn =
        ["http-parser", "limits", "bad-escape", "reserved-escapes", "multi-decode", "slashes", "dot-segments", "backslash", "host"];

    public static TheoryData<string> Categories => [.. Recorded.Cases.Select(vectors => vectors.Category).Distinct()];

    [Theory]
    [MemberData(nameof(Categories))]
    public async Task Every_recorded_request_is_answered_as_Astro_or_the_design_has_it(string category)
    {
        var failures = new List<string>();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var requests = 0;
        foreach (var vectors in Recorded.Cases.Where(vectors => vectors.Category == category))
        {
            var (assembly, refused) = Sources.Compile(vectors);
            await using var site = await StartAsync(vectors, assembly);
            var mapped = FileRouteTable.For(assembly).Select(route => route.File[..^3]).ToHashSet();
            if (!mapped.SetEquals(vectors.Routes.Select(route => route.File).Except(refused)))
                failures.Add($"{vectors.Id}: mapped {string.Join(", ", mapped)}; refused {string.Join(", ", refused)}");
            var order = vectors.Routes.Select(route => route.File).Where(mapped.Contains);
            if (!order.SequenceEqual(FileRouteTable.For(assembly).Select(route => route.File[..^3])))
                failures.Add($"{vectors.Id}: order {string.Join(", ", FileRouteTable.For(assembly).Select(route => route.Route))}");

            foreach (var request in vectors.Requests)
            {
                requests++;
                var check = new Check(vectors, request, site, new Oracle(vectors, mapped), mapped.Count > 0);
                foreach (var problem in await check.RunAsync())
                    failures.Add($"{vectors.Id} {request.Method} {request.Path} [{string.Join(' ', request.Codes)}]: {problem}");
                foreach (var code in check.Decided)
                    counts[code] = counts.GetValueOrDefault(code) + 1;
            }
        }

        output.WriteLine($"{category}: {requests} requests, of which checked against the design, by code:");
        foreach (var (code, count) in counts)
            output.WriteLine($"  {code}: {count}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static Task<Site> StartAsync(VectorCase vectors, System.Reflection.Assembly assembly) => Site.StartAsync(
        builder =>
        {
            builder.Services.AddFileRoutes(options =>
            {
                options.TrailingSlash = Enum.Parse<TrailingSlash>(vectors.Config.TrailingSlash, ignoreCase: true);
                options.BasePath = vectors.Config.Base;
                options.CheckOrigin = vectors.Config.CheckOrigin;
                options.Site = vectors.Config.Site is null ? null : new Uri(vectors.Config.Site);
            });
        },
        app =>
        {
            app.Use((context, next) =>
            {
                var path = Uri.EscapeDataString(context.Request.Path.Value!);
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers["X-Path"] = path;
                    return Task.CompletedTask;
                });
                if (vectors.Config.Middleware == "locals")
                    (ApiContext.Of(context).Locals["user"], ApiContext.Of(context).Locals["visits"]) = ("ada", 3);
                return next(context);
            });
            app.MapFileRoutes(assembly);
        });

    /// <summary>One request and what is to be said of its answer.</summary>
    private sealed class Check(VectorCase vectors, VectorRequest request, Site site, Oracle oracle, bool hasRoutes)
    {
        private readonly List<string> _problems = [];

        public HashSet<string> Decided { get; } = [];

        public async Task<IReadOnlyList<string>> RunAsync()
        {
            var port = site.Address.Port;
            var sent = request with
            {
                Headers = request.Headers?.ToDictionary(header => header.Key, header => Vectors.Expand(header.Value, port)),
            };
            var body = request.Body is null ? null : Encoding.UTF8.GetBytes(Vectors.Expand(request.Body, port));
            var response = await RawRequest.SendAsync(site.Address, request.Method, Vectors.Expand(request.Path, port), sent.Headers, body);
            if (response.Header("x-path") is not { } escaped)
            {
                // The server refused it. Only where the design leaves that to the server.
                foreach (var code in request.Codes)
                    Decided.Add(code);
                Expect(request.Codes.Intersect(ServersOwn).Any(), true, "left to the server");
                Expect(response.Status is >= 400 and < 500, true, $"refused by the server, with {response.Status}");
                return _problems;
            }

            var path = Uri.UnescapeDataString(escaped);
            var prediction = oracle.Predict(path, sent, $"http://{sent.Header("host") ?? $"localhost:{port}"}");
            var isOriginDecision = vectors.Config.CheckOrigin && (prediction.Status == 403) != (request.Astro.Status == 403);
            if (isOriginDecision)
                Decided.Add(CrossSite);
            foreach (var code in request.Codes)
                Decided.Add(code);

            var astro = request.Astro;
            if (Decided.Count == 0)
            {
                if (astro.Chain is null && vectors.Config.Middleware is null)
                {
                    Expect(astro.File, prediction.File, "the oracle's file");
                    Expect(astro.Export, prediction.Export, "the oracle's export");
                    if (astro.File is null)
                        Expect(astro.Status, prediction.Status, "the oracle's status");
                }
                CompareChoice(response, astro.Status, astro.Chain?[^1] ?? astro.File, astro.Export, astro.Params);
                Compare(response, astro);
                return _problems;
            }

            if (Same(prediction, astro))
            {
                // The same file runs, so only what the code is about may differ.
                CompareChoice(response, Decided.Contains("location-chars") && prediction.File is not null ? response.Status : astro.Status,
                    astro.File, astro.Export, prediction.Params);
                Compare(response, astro);
                return _problems;
            }
            CompareChoice(response, prediction.Status, prediction.File, prediction.Export, prediction.Params);
            if (prediction.Redirects)
                CompareLocation(response, astro.Location);
            if (prediction.Status == 405)
                Expect(response.Header("allow") is { Length: > 0 }, true, "Allow");
            return _problems;
        }

        private static bool Same(Prediction prediction, VectorAnswer astro) =>
            prediction.File is not null ? prediction.File == astro.File && prediction.Export == astro.Export
            : prediction.Redirects ? astro.Location is not null && prediction.Status == astro.Status
            : prediction.Status == astro.Status;

        private void Expect<T>(T expected, T actual, string what)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, actual))
                _problems.Add($"{what}: expected {expected}, got {actual}");
        }

        private void CompareChoice(RawResponse response, int status, string? file, string? export,
            IReadOnlyDictionary<string, string?>? parameters)
        {
            Expect(status, response.Status, "status");
            var chain = response.Header("x-chain")?.Split(',').Select(Uri.UnescapeDataString).ToArray() ?? [];
            Expect(file is null ? null : $"{file} {export}", chain.Length == 0 ? null : chain[^1], "file and export");
            if (request.Astro.Chain is { } rewritten)
                Expect(string.Join(',', rewritten), string.Join(',', chain.Select(link => link[..link.LastIndexOf(' ')])), "chain");

            if (file is null)
            {
                if (response.Status is >= 400 && request.Method != "HEAD")
                    Expect("application/problem+json",
                        hasRoutes && IsUnderRoot() ? response.Header("content-type") : "application/problem+json", "content type");
            }
            else if (parameters is not null && response.Status == 200 && request.Method != "HEAD" && IsEcho(file, export))
            {
                var echoed = JsonNode.Parse(response.Text)!["params"]!.Deserialize<Dictionary<string, string?>>()!;
                Expect(Show(parameters), Show(echoed), "params");
            }
        }

        private bool IsUnderRoot() =>
            request.Path.StartsWith(vectors.Config.Base.TrimEnd('/') + "/api/", StringComparison.OrdinalIgnoreCase);

        private bool IsEcho(string file, string? export) =>
            vectors.Files.Single(other => other.Path == file).Behaviour(export!) is null;

        private string Show(IReadOnlyDictionary<string, string?> values) =>
            string.Join(", ", values.OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => $"{value.Key}={(value.Value is null ? "undefined" : Vectors.Expand(value.Value, site.Address.Port))}"));

        private void Compare(RawResponse response, VectorAnswer astro)
        {
            if (astro.Location is not null && !(Decided.Contains("location-chars") && response.Status >= 400))
                CompareLocation(response, astro.Location);
            if (astro.SetCookie is not null)
                Expect(string.Join(" | ", astro.SetCookie.Select(Cookie)), string.Join(" | ", response.All("set-cookie").Select(Cookie)),
                    "cookies");
            foreach (var (name, value) in astro.Headers ?? new Dictionary<string, string?>())
            {
                if (response.Status != 500 || value is not null) // a problem document has a content type
                    Expect(value?.Replace(" ", "", StringComparison.Ordinal),
                        response.Header(name)?.Replace(" ", "", StringComparison.Ordinal), name);
            }
            var file = vectors.Files.FirstOrDefault(other => other.Path == astro.File);
            if (astro.StatusText is not null && file?.Behaviour(astro.Export!) is { } behaviour
                && behaviour.TryGetProperty("statusText", out _))
                Expect(astro.StatusText, response.Reason, "status text");
            CompareBody(response, astro);
        }

        private void CompareBody(RawResponse response, VectorAnswer astro)
        {
            if (astro.Body is not { } body || Decided.Contains("error-body") || (astro.File is null && response.Status >= 400))
                return;
            switch (body.Kind)
            {
                case "echo" when request.Method != "HEAD"
                    && !Decided.Overlaps(
                        ["reserved-escapes", "multi-decode", "bad-escape", "url-normalization", "backslash", "http-parser"]):
                    var echo = JsonNode.Parse(response.Text)!;
                    Expect(astro.Search ?? "", echo["search"]!.GetValue<string>(), "search");
                    // Astro's address loses control characters
                    if (astro.Pathname is not null && !request.Path.Contains("%0", StringComparison.Ordinal))
                        Expect(Vectors.Expand(Uri.UnescapeDataString(astro.Pathname), 0),
                            Uri.UnescapeDataString(echo["pathname"]!.GetValue<string>()), "pathname");
                    break;
                case "text":
                    Expect(body.Value!.Value.GetString(), response.Text, "body");
                    break;
                case "base64":
                    Expect(body.Value!.Value.GetString(), Convert.ToBase64String(response.Body), "body");
                    break;
                case "empty" when astro.File is not null && astro.Status != 500:
                    Expect(0, response.Body.Length, "length of the body");
                    break;
                case "json":
                    CompareJson(response, astro, body.Value!.Value);
                    break;
            }
        }

        private void CompareJson(RawResponse response, VectorAnswer astro, JsonElement expected)
        {
            var actual = JsonNode.Parse(response.Text)!;
            if (vectors.Files.First(file => file.Path == (astro.Chain?[^1] ?? astro.File)).Behaviour(astro.Export!) is not { } behaviour
                || behaviour.GetProperty("kind").GetString() != "context")
            {
                Expect(Canonical(JsonNode.Parse(expected.GetRawText())), Canonical(actual), "body");
                return;
            }
            foreach (var (name, value) in actual.AsObject())
            {
                // The library's address is normalised in its own way, and percent escapes are the server's.
                if (Decided.Count > 0 && (name is "pathname" or "requestPathname" or "originPathname" or "params"))
                    continue;
                var text = Canonical(JsonNode.Parse(Vectors.Expand(expected.GetProperty(name).GetRawText(), site.Address.Port)));
                Expect(text, Canonical(value), name);
            }
        }

        /// <summary>Objects by name; lists of pairs in any order, since a form's fields are kept by name.</summary>
        private static string Canonical(JsonNode? node) => node switch
        {
            JsonObject o =>
                "{" + string.Join(",", o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Canonical(p.Value)}")) + "}",
            JsonArray list when list.All(item => item is JsonArray { Count: 2 }) =>
                "[" + string.Join(",", list.Select(Canonical).Order(StringComparer.Ordinal)) + "]",
            JsonArray list => "[" + string.Join(",", list.Select(Canonical)) + "]",
            JsonValue value when value.GetValueKind() == JsonValueKind.Number =>
                value.GetValue<JsonElement>().GetDouble().ToString(CultureInfo.InvariantCulture),
            _ => node?.ToJsonString() ?? "null",
        };

        private void CompareLocation(RawResponse response, string? astro)
        {
            var location = response.Header("location");
            if (Decided.Contains("location-chars"))
            {
                Expect(true, location!.All(c => c is > ' ' and <= '~'), "escaped location");
                location = Uri.UnescapeDataString(location!);
            }
            Expect(astro, location, "location");
        }

        private static string Cookie(string header)
        {
            var parts = header.Split(';', StringSplitOptions.TrimEntries);
            return string.Join(
                ';', parts.Skip(1).Select(part => part.ToLowerInvariant()).Order(StringComparer.Ordinal)
                    .Prepend(Uri.UnescapeDataString(parts[0])));
        }
    }
}
