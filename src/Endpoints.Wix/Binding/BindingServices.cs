using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Binding;

/// <summary>Registers the binding of types that only the server creates, for MVC and JSON.</summary>
internal static class BindingServices
{
    public static void AddWixBinding(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<MvcOptions>, ServerMadeMvcOptions>());
        services.PostConfigure<Microsoft.AspNetCore.Http.Json.JsonOptions>(
            static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ServerMadeTypes.Instance));
        services.PostConfigure<JsonOptions>(
            static options => options.JsonSerializerOptions.TypeInfoResolverChain.Insert(0, ServerMadeTypes.Instance));
    }
}
