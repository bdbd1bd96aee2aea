using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Benchmarks.Api.Plain;

namespace Benchmarks.Api;

/// <summary>
/// Reads the page, and four fields of each product, in a process of its own: the first time, and when everything is compiled.
/// </summary>
internal static class ReadOnce
{
    private const int Warmup = 60;
    private const int Rounds = 41;

    public static readonly string[] Kinds = ["views", "source generation", "reflection"];

    public static void Run(string kind, string file)
    {
        var page = File.ReadAllBytes(file);
        var read = kind switch
        {
            "views" => (Func<byte[], long>)Views,
            "source generation" => Generated,
            _ => Reflected,
        };
        var begun = Stopwatch.GetTimestamp();
        var sum = read(page);
        var first = Stopwatch.GetElapsedTime(begun);
        for (var i = 0; i < Warmup; i++)
            sum += read(page);
        List<double> warm = [];
        var allocated = 0L;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            begun = Stopwatch.GetTimestamp();
            sum += read(page);
            warm.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{first.TotalMilliseconds:f3} {warm.Order().ElementAt(Rounds / 2):f3} {allocated / 1e6:f3} {sum}"));
    }

    private static long Views(byte[] page)
    {
        var sum = 0L;
        foreach (var product in Endpoints.Wix.Stores.ProductsV3.Operations.QueryProducts.Answer.Read(page)!.Products)
        {
            sum += product.Name!.Length + product.Revision!.Length + product.CreatedDate!.Value.Year
                + (long)product.ActualPriceRange!.MinValue!.Amount!.Value;
        }

        return sum;
    }

    private static long Generated(byte[] page) => Sum(JsonSerializer.Deserialize(page, PlainJson.Default.V3QueryProductsResponse)!);

    private static long Reflected(byte[] page) => Sum(JsonSerializer.Deserialize<V3QueryProductsResponse>(page, PlainJson.ByReflection)!);

    private static long Sum(V3QueryProductsResponse answer)
    {
        var sum = 0L;
        foreach (var product in answer.Products!)
        {
            sum += product!.Name!.Length + product.Revision!.Length + product.CreatedDate!.Value.Year
                + (long)product.ActualPriceRange!.MinValue!.Amount!.Value;
        }

        return sum;
    }
}
