using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Registers the guards of controllers' actions.</summary>
internal static class ActionServices
{
    public static void AddWixActions(this IServiceCollection services)
    {
        services.AddSingleton<ElevatedActionGuard>();
        services.AddSingleton<ElevatedActionGrant>();
        services.AddForLastWord<IActionDescriptorProvider, ElevatedActions>();
    }

    /// <summary>Adds one of MVC's providers before all others, once.</summary>
    /// <remarks>
    /// MVC asks providers of the same order in the order in which they were added, and on the way back the other way round.
    /// </remarks>
    public static void AddForLastWord<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>(
        this IServiceCollection services)
        where TService : class
        where TProvider : class, TService
    {
        if (!services.Any(static known => !known.IsKeyedService && known.ImplementationType == typeof(TProvider)))
            services.Insert(0, ServiceDescriptor.Singleton<TService, TProvider>());
    }
}
