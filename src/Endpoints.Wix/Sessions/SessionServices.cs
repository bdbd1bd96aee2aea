using Endpoints.Wix.Identification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>Registers the services for browsers' sessions.</summary>
internal static class SessionServices
{
    /// <summary>Adds the validator, for all apps.</summary>
    public static void AddWixSessionChecks(this IServiceCollection services) =>
        services.AddSingleton<IValidateOptions<WixOptions>, SessionStoreCheck>();

    public static void AddWixSessions(this IServiceCollection services)
    {
        services.AddSingleton<CookieKind>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<SessionRecords>();
        services.AddSingleton<EndedSessions>();
        services.AddSingleton<SharedSessions>();
        services.AddSingleton<SessionRenewals>();
        services.AddSingleton<SessionResponses>();
        services.AddSingleton<EndedLookup>();
        services.AddSingleton<VisitorSessions>();
        services.AddSingleton<MemberSessions>();
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<IBrowserCallers>(static services => services.GetRequiredService<BrowserSessions>());
    }
}
