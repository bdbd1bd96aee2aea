using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Problems;

/// <summary>Adds the services that respond for endpoints that fail.</summary>
internal static class ProblemServices
{
    public static void AddFailureBoundary(this IServiceCollection services) => services.TryAddSingleton<FailureBoundary>();
}
