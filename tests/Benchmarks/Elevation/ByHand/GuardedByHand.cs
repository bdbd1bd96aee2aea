using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Benchmarks.Requests;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Mvc;

namespace Benchmarks.Elevation.ByHand;

/// <summary>
/// The guards of <c>[Elevate]</c> on the framework's own parts: limit by address, token-info, policy, limit by caller, strict JSON of at
/// most 1 MiB, validation and <c>no-store</c>, in this order.
/// </summary>
internal static class GuardedByHand
{
    public const string Policy = "members";
    public const long LargestBody = 1024 * 1024;

    private const string Scheme = "Wix";

    public static void AddMinimal(IServiceCollection services, WixEmulator wix)
    {
        AddGuards(services, wix);
        services.ConfigureHttpJsonOptions(static options => MakeStrict(options.SerializerOptions));
    }

    public static void MapMinimal(WebApplication app)
    {
        UseGuards(app);
        var orders = app.MapGroup("/elevated/orders").RequireAuthorization(Policy).WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        orders
            .MapPost("/",
                static (ValidatedOrder order, ClaimsPrincipal user) =>
                    new Receipt(user.FindFirstValue(ClaimTypes.NameIdentifier), order.Customer, order.Quantity))
            .AddEndpointFilter(NoStore)
            .AddEndpointFilter<ValidationFilter<ValidatedOrder>>();
        orders
            .MapGet("/{id}", static (string id, ClaimsPrincipal user) => new Receipt(user.FindFirstValue(ClaimTypes.NameIdentifier), id, 1))
            .AddEndpointFilter(NoStore);
    }

    public static void AddControllers(IServiceCollection services, WixEmulator wix)
    {
        AddGuards(services, wix);
        services.AddSingleton<ValidationActionFilter<ValidatedOrder>>();
        services.AddControllers().AddJsonOptions(static options => MakeStrict(options.JsonSerializerOptions));
    }

    public static void MapControllers(WebApplication app)
    {
        UseGuards(app);
        app.MapControllers();
    }

    private static void AddGuards(IServiceCollection services, WixEmulator wix)
    {
        services.AddMemoryCache(static options => options.SizeLimit = 10_000);
        services.AddHttpClient(nameof(TokenInfoHandler), client => client.BaseAddress = wix.Address);
        services.AddAuthentication(Scheme).AddScheme<TokenInfoOptions, TokenInfoHandler>(
            Scheme, options => options.ClientId = wix.App.ClientId);
        services.AddAuthorizationBuilder().AddPolicy(Policy, static policy => policy.RequireAuthenticatedUser().RequireRole("MEMBER"));
        services.AddRateLimiter(static _ => { });
    }

    private static void UseGuards(WebApplication app)
    {
        app.UseRateLimiter(RateLimits.ByAddress());
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter(RateLimits.ByCaller());
    }

    private static ValueTask<object?> NoStore(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private static void MakeStrict(JsonSerializerOptions json)
    {
        json.AllowDuplicateProperties = false;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.MaxDepth = 32;
    }
}
