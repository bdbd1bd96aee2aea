using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Calls;

/// <summary>Provides access to the services of an app.</summary>
internal static class AppScopeExtensions
{
    /// <summary>Returns the services of the app for which the code in a scope makes calls.</summary>
    public static IServiceProvider ForApp(this IServiceProvider scope) => scope.GetService<IAppScopes>()?.Of(scope) ?? scope;
}
