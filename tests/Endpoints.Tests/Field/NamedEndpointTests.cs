using System.Net;
using Endpoints.Tests.Hosting;

namespace Endpoints.Tests.Field;

/// <summary>Links to endpoint files by name: <c>[EndpointName]</c> does what <c>WithName</c> does.</summary>
public class NamedEndpointTests
{
    private static readonly FileRoute[] Table =
    [
        Routes.File("/api/orders/[id]", typeof(Order)), Routes.File("/api/files/[...path]", typeof(Files)),
        Routes.File("/api/docs/[lang]-[version]", typeof(Docs)),
        Routes.File("/api/data/[slug].json", typeof(Data)), Routes.File("/api/create", typeof(Create)),
        Routes.File("/api/index", typeof(Index)),
    ];

    public static TheoryData<string, string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string, string>();
            foreach (var basePath in (string[])["/", "/shop"])
            {
                foreach (var setting in Enum.GetNames<TrailingSlash>())
                {
                    foreach (var (name, values, seen) in (((string, string, string)[])
                    [
                        ("order", "id=7", "order 7"), ("order", "id=a b", "order a b"), ("order", "id=caf\u00e9", "order caf\u00e9"),
                        ("files", "path=a/b c/d", "files a/b c/d"), ("files", "", "files "),
                        ("docs", "lang=en;version=2", "docs en 2"), ("data", "slug=x", "data x"), ("index", "", "index"),
                    ]))
                    {
                        foreach (var result in (string[])["created", "accepted", "redirect", "link"])
                            cases.Add($"{basePath} {setting}", name + "|" + values, result, seen);
                    }
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A5_A_link_by_name_leads_to_the_file(string where, string to, string result, string seen)
    {
        var (basePath, setting) = (where.Split(' ')[0], Enum.Parse<TrailingSlash>(where.Split(' ')[1]));
        await using var site = await Site.StartAsync(Table, options => (options.BasePath, options.TrailingSlash) = (basePath, setting));
        var (name, values) = (to.Split('|')[0], to.Split('|')[1]);
        var slash = setting == TrailingSlash.Always ? "/" : "";

        using var response =
            await site.SendAsync(
                "GET", $"{basePath.TrimEnd('/')}/api/create{slash}?name={name}&result={result}&values={Uri.EscapeDataString(values)}");

        Assert.Equal(result switch { "created" => 201, "accepted" => 202, "redirect" => 302, _ => 200 }, (int)response.StatusCode);
        var link = result == "link" ? await response.Content.ReadAsStringAsync() : response.Headers.Location!.OriginalString;
        using var followed = await FollowAsync(site, link);
        Assert.Equal((HttpStatusCode.OK, seen), (followed.StatusCode, await followed.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A5_Two_endpoints_of_one_name_stop_the_start(bool withMinimalApi)
    {
        FileRoute[] files = withMinimalApi
            ? [Routes.File("/api/orders/[id]", typeof(Order))]
            : [Routes.File("/api/orders/[id]", typeof(Order)), Routes.File("/api/again", typeof(Again))];

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.StartAsync(files, options: null, pipeline: app =>
        {
            if (withMinimalApi)
                app.MapGet("/minimal", static () => "").WithName("order");
        }));

        Assert.Contains("'order'", error.Message, StringComparison.Ordinal);
        Assert.Contains("/api/orders/[id].cs", error.Message, StringComparison.Ordinal);
        Assert.Contains(withMinimalApi ? "/minimal" : "/api/again.cs", error.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> FollowAsync(Site site, string link)
    {
        var response = await site.Client.GetAsync(link);
        if (response.StatusCode != HttpStatusCode.MovedPermanently)
            return response;
        using (response)
            return await site.Client.GetAsync(response.Headers.Location);
    }

    public static class Order
    {
        [EndpointName("order")]
        public static string Get(string id) => $"order {id}";
    }

    public static class Again
    {
        [EndpointName("order")]
        public static string Get() => "";
    }

    public static class Files
    {
        [EndpointName("files")]
        public static string Get(string? path = null) => $"files {path}";
    }

    public static class Docs
    {
        [EndpointName("docs")]
        public static string Get(string lang, string version) => $"docs {lang} {version}";
    }

    public static class Data
    {
        [EndpointName("data")]
        public static string Get(string slug) => $"data {slug}";
    }

    public static class Index
    {
        [EndpointName("index")]
        public static string Get() => "index";
    }

    public static class Create
    {
        public static IResult Get(HttpContext context, LinkGenerator links, string name, string values, string result)
        {
            var route = new RouteValueDictionary(
                values.Split(';', StringSplitOptions.RemoveEmptyEntries)
                    .Select(static pair => KeyValuePair.Create(pair.Split('=')[0], (object?)pair.Split('=')[1])));
            return result switch
            {
                "created" => TypedResults.CreatedAtRoute(name, route),
                "accepted" => TypedResults.AcceptedAtRoute(name, route),
                "redirect" => TypedResults.RedirectToRoute(name, route),
                _ => TypedResults.Text(links.GetPathByName(context, name, route)),
            };
        }
    }
}
