using Endpoints.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Problems;

/// <summary>Registers the services that turn Wix's refusals into answers.</summary>
internal static class ProblemServices
{
    public static void AddWixProblems(this IServiceCollection services)
    {
        services.AddSingleton<IProblemSource, WixProblemSource>();
        services.AddSingleton<IExceptionHandler, WixExceptionHandler>();
        services.AddSingleton<IDeveloperPageExceptionFilter, WixDeveloperPageFilter>();
    }
}
