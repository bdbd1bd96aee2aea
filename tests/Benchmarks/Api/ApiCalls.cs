using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Benchmarks.Api.Plain;
using Benchmarks.Calls;
using Endpoints.Wix;

namespace Benchmarks.Api;

/// <summary>One small call after the other, by a module and by hand, in a process of its own, which tells its CPU time.</summary>
internal static partial class ApiCalls
{
    private const int Warmup = 4_000;
    private const int Calls = 4_000;
    private const int Rounds = 3;
    private const string Id = "6d5c7b0e-0000-4000-8000-000000000001";

    private static readonly Uri Product = new($"/stores/v3/products/{Id}", UriKind.Relative);

    public static readonly string[] Kinds = ["get, by hand", "get, module", "patch, by hand", "patch, module"];

    public static async Task RunAsync(string kind, Uri wix)
    {
        await using var services = new ServiceCollection()
            .AddWixClient(options =>
            {
                options.ClientId = WixStub.ClientId;
                options.ClientSecret = new("secret");
                options.InstanceId = WixStub.Instance(1);
                options.ApiBaseAddress = wix;
            })
            .BuildServiceProvider();
        using var http = new HttpClient { BaseAddress = wix };
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse("OauthNG.JWS.app");
        var products = services.GetRequiredService<AppWixClient>().Stores.ProductsV3;
        Func<int, Task<int>> call = kind switch
        {
            "get, module" => async _ => (await products.GetProductAsync(Id)).Name!.Length,
            "get, by hand" => async _ => (await GetAsync(http)).Name!.Length,
            "patch, module" => async i =>
            {
                var product = await products.GetProductAsync(Id);
                product.Name = Name(i);
                return (await products.UpdateProductAsync(Id, product.ToUpdate())).Name!.Length;
            },
            _ => async i =>
            {
                var product = await GetAsync(http);
                var change = new Change(new() { Id = product.Id, Revision = product.Revision, Name = Name(i) });
                using var answer = await http.PatchAsJsonAsync(Product, change, Json.Default.Change);
                answer.EnsureSuccessStatusCode();
                return (await answer.Content.ReadFromJsonAsync(Json.Default.Answer))!.Product!.Name!.Length;
            },
        };
        var sum = 0L;
        for (var i = 0; i < Warmup; i++)
            sum += await call(i);
        List<double> costs = [];
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var (before, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            for (var i = 0; i < Calls; i++)
                sum += await call(i);
            costs.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Calls);
            bytes = (GC.GetTotalAllocatedBytes() - allocated) / Calls;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{costs.Order().ElementAt(Rounds / 2):f2} {bytes} {sum}"));
    }

    private static async Task<V3Product> GetAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(Product, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(Json.Default.Answer))!.Product!;
    }

    private static string Name(int number) => (number & 1) == 0 ? "Harbour Cup 1" : "Harbour Mug 1";

    private sealed record Answer([property: JsonPropertyName("product")] V3Product? Product);

    private sealed record Change([property: JsonPropertyName("product")] V3Product Product);

    [JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Answer))]
    [JsonSerializable(typeof(Change))]
    private sealed partial class Json : JsonSerializerContext;
}
