using Benchmarks.Elevation.ByHand;
using Benchmarks.Requests;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using FluentValidation;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Elevation;

/// <summary>One application with the guarded endpoints, built in one of the ways that are compared. All answer the same.</summary>
internal static class ElevatedSite
{
    /// <summary>The ways: endpoint files, minimal APIs with <c>.Elevate(...)</c>, and by hand in minimal APIs and in controllers.</summary>
    public static readonly string[] Kinds = ["files", "elevate", "minimal", "mvc"];

    public static async Task<WebApplication> StartAsync(string kind, WixEmulator wix, Action<WebApplicationBuilder> host)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IValidator<ValidatedOrder>>(static _ =>
        {
            var validator = new InlineValidator<ValidatedOrder>();
            validator.RuleFor(order => order.Customer).NotEmpty();
            validator.RuleFor(order => order.Quantity).InclusiveBetween(1, 100);
            return validator;
        });
        host(builder);

        WebApplication app;
        switch (kind)
        {
            case "files":
                AddWix(builder.Services, wix);
                builder.Services.AddFileRoutes();
                app = builder.Build();
                app.MapFileRoutes();
                break;
            case "elevate":
                AddWix(builder.Services, wix);
                app = builder.Build();
                app.MapPost("/elevated/orders",
                    static (ValidatedOrder order, Caller caller) => new Receipt(caller.Id, order.Customer, order.Quantity))
                    .WithValidation().Elevate(Callers.Member, options => options.RateLimit = "100000000/1m");
                app.MapGet("/elevated/orders/{id}", static (string id, Caller caller) => new Receipt(caller.Id, id, 1))
                    .Elevate(Callers.Member, options => options.RateLimit = "100000000/1m");
                break;
            case "minimal":
                GuardedByHand.AddMinimal(builder.Services, wix);
                app = builder.Build();
                GuardedByHand.MapMinimal(app);
                break;
            case "mvc":
                GuardedByHand.AddControllers(builder.Services, wix);
                app = builder.Build();
                GuardedByHand.MapControllers(app);
                break;
            default:
                throw new ArgumentException($"'{kind}' is none of: {string.Join(", ", Kinds)}.", nameof(kind));
        }

        await app.StartAsync();
        return app;
    }

    private static IWixBuilder AddWix(IServiceCollection services, WixEmulator wix) => services.AddWix(options =>
    {
        options.ClientId = wix.App.ClientId;
        options.ClientSecret = new(wix.App.ClientSecret);
        options.InstanceId = wix.InstanceId;
        options.ApiBaseAddress = wix.Address;
        (options.CallsPerMinute, options.ElevatedRequestsPerMinute) = (100_000_000, 100_000_000);
    });
}
