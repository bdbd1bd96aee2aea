using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Binding;

/// <summary>How MVC binds what the server makes.</summary>
internal static class BindingServices
{
    public static void AddWixBinding(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<MvcOptions>, ServerMadeMvcOptions>());
    }
}
