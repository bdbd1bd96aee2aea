using Endpoints.Wix.Emulator;

namespace Endpoints.Wix.Tests.Surfaces.Table;

/// <summary>The attempts of code on a surface, with the services that it has there.</summary>
internal sealed class TableProbe(Func<WixEmulator> wix)
{
    public const string Ok = "ok";

    /// <param name="probe">What is tried.</param>
    /// <param name="services">The services of the place.</param>
    /// <param name="context">The request; null where there is none.</param>
    /// <returns><see cref="Ok"/>, or the exception and its message.</returns>
    public async Task<string> RunAsync(string probe, IServiceProvider services, HttpContext? context)
    {
        try
        {
            return await TryAsync(probe, services, context) ? Ok : "something else than was asked for";
        }
        catch (Exception e) when (e is InvalidOperationException or WixApiException)
        {
            return $"{e.GetType().Name}: {e.Message}"; // an ObjectDisposedException, too
        }
    }

    private async Task<bool> TryAsync(string probe, IServiceProvider services, HttpContext? context)
    {
        switch (probe)
        {
            case "Caller":
                return (await Caller.BindAsync(context ?? throw new InvalidOperationException("There is no request."),
                    null!))?.Id == "alice";
            case "WixClient":
                await services.GetRequiredService<WixClient>().FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties");
                return wix().Calls[^1].Caller is { Kind: EmulatedIdentityKind.Member, Id: "alice" };
            case "modules":
                return await Assert.ThrowsAnyAsync<Exception>(
                    () => services.GetRequiredService<SiteProperties>().GetSitePropertiesAsync()) is var refusal
                    && (refusal is WixApiException { Status: System.Net.HttpStatusCode.Forbidden }
                        ? wix().Calls[^1].Caller is { Kind: EmulatedIdentityKind.Member, Id: "alice" } : throw refusal);
            case "WixAuth":
                return (await services.GetRequiredService<WixAuth>()
                    .Elevate(services.GetRequiredService<SiteProperties>().GetSitePropertiesAsync)()).Properties.BusinessName is not null;
            case "ElevatedWixClient" or "grant":
                return (await services.GetRequiredService<ElevatedWixClient>()
                    .SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName is not null;
            case "AdminWixClient":
                return (await services.GetRequiredService<AdminWixClient>()
                    .SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName is not null;
            case "AppWixClient":
                return (await services.GetRequiredService<AppWixClient>()
                    .SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName is not null;
            case "Only":
                await services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync();
                var failure = await Record.ExceptionAsync(() => services.GetRequiredService<ElevatedWixClient>().Products.QueryAsync());
                return failure is InvalidOperationException && failure.Message.Contains("does not cover", StringComparison.Ordinal);
            default:
                return true;
        }
    }
}
