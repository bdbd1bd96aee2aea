using BenchmarkDotNet.Attributes;
using Endpoints.Wix;
using FluentValidation;
using Microsoft.AspNetCore.Routing;

namespace Benchmarks.Requests;

/// <summary>A file route beside the same handler mapped by hand.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class RequestBenchmarks
{
    private static readonly byte[] OrderBody = """{"customer":"ada","quantity":3,"items":["cup","filter","beans"]}"""u8.ToArray();

    private readonly Pipeline _plainFile = Files("GET", "/files/plain");
    private readonly Pipeline _plainByHand = ByHand("GET", "/files/plain");
    private readonly Pipeline _jsonFile = Files("GET", "/files/products/42");
    private readonly Pipeline _jsonByHand = ByHand("GET", "/files/products/42");
    private readonly Pipeline _waitingFile = Files("GET", "/files/waiting");
    private readonly Pipeline _waitingByHand = ByHand("GET", "/files/waiting");
    private readonly Pipeline _bodyFile = Files("POST", "/files/orders", OrderBody);
    private readonly Pipeline _bodyByHand = ByHand("POST", "/files/orders", OrderBody);
    private readonly Pipeline _validatedFile = Files("POST", "/files/validated-orders", OrderBody);
    private readonly Pipeline _validatedByHand = ByHand("POST", "/files/validated-orders", OrderBody);

    [GlobalSetup]
    public async Task EveryPipelineAnswers()
    {
        Pipeline[] all =
        [
            _plainFile, _plainByHand, _jsonFile, _jsonByHand, _waitingFile, _waitingByHand, _bodyFile, _bodyByHand, _validatedFile,
            _validatedByHand,
        ];
        foreach (var pipeline in all)
        {
            var status = await pipeline.SendAsync();
            if (status != StatusCodes.Status200OK)
                throw new InvalidOperationException($"A pipeline answered {status}.");
        }
    }

    [Benchmark(Baseline = true), BenchmarkCategory("text")]
    public Task<int> Text_MapGet() => _plainByHand.SendAsync();

    [Benchmark, BenchmarkCategory("text")]
    public Task<int> Text_FileRoute() => _plainFile.SendAsync();

    [Benchmark(Baseline = true), BenchmarkCategory("json")]
    public Task<int> Json_MapGet() => _jsonByHand.SendAsync();

    [Benchmark, BenchmarkCategory("json")]
    public Task<int> Json_FileRoute() => _jsonFile.SendAsync();

    /// <remarks>
    /// The file route's answer is one task more: its failures become problem documents, and who waits for it must wait for that too.
    /// </remarks>
    [Benchmark(Baseline = true), BenchmarkCategory("waiting")]
    public Task<int> Waiting_MapGet() => _waitingByHand.SendAsync();

    [Benchmark, BenchmarkCategory("waiting")]
    public Task<int> Waiting_FileRoute() => _waitingFile.SendAsync();

    [Benchmark(Baseline = true), BenchmarkCategory("body")]
    public Task<int> Body_MapPost() => _bodyByHand.SendAsync();

    [Benchmark, BenchmarkCategory("body")]
    public Task<int> Body_FileRoute() => _bodyFile.SendAsync();

    [Benchmark(Baseline = true), BenchmarkCategory("validated")]
    public Task<int> Validated_MapPost() => _validatedByHand.SendAsync();

    [Benchmark, BenchmarkCategory("validated")]
    public Task<int> Validated_FileRoute() => _validatedFile.SendAsync();

    private static Pipeline Files(string method, string path, byte[]? body = null) =>
        new(static services => AddWix(AddValidator(services)).Services.AddFileRoutes(), static endpoints => endpoints.MapFileRoutes(),
            method, path, body);

    private static Pipeline ByHand(string method, string path, byte[]? body = null) =>
        new(static services => AddValidator(services), Map, method, path, body);

    private static IServiceCollection AddValidator(IServiceCollection services) =>
        services.AddSingleton<IValidator<ValidatedOrder>>(static _ =>
    {
        var validator = new InlineValidator<ValidatedOrder>();
        validator.RuleFor(order => order.Customer).NotEmpty();
        validator.RuleFor(order => order.Quantity).InclusiveBetween(1, 100);
        return validator;
    });

    // Some of the project's pages are elevated: those of the other comparison.
    private static IWixBuilder AddWix(IServiceCollection services) => services.AddWix(static options =>
        (options.ClientId, options.ClientSecret) = ("00000000-0000-0000-0000-000000000001", new("no secret")));

    private static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/files/plain", Pages.Plain.Get);
        endpoints.MapGet("/files/waiting", Pages.Waiting.Get);
        endpoints.MapGet("/files/products/{id}", Pages.ProductById.Get);
        endpoints.MapPost("/files/orders", Pages.Orders.Post);
        endpoints.MapPost("/files/validated-orders", Pages.ValidatedOrders.Post).AddEndpointFilter(static async (call, next) =>
        {
            var validator = call.HttpContext.RequestServices.GetRequiredService<IValidator<ValidatedOrder>>();
            var result = await validator.ValidateAsync(call.GetArgument<ValidatedOrder>(0), call.HttpContext.RequestAborted);
            return result.IsValid ? await next(call) : Results.ValidationProblem(result.ToDictionary());
        });
        // The project's other pages: who has more routes has more to look through.
        endpoints.MapPost("/elevated/orders", static () => Results.NoContent());
        endpoints.MapGet("/elevated/orders/{id}", static (string id) => id);
    }
}
