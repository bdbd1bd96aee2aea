using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Binding;

/// <summary>
/// Configures the sources of server-created types in MVC, after the application's own settings, so that it takes precedence.
/// </summary>
internal sealed class ServerMadeMvcOptions : IPostConfigureOptions<MvcOptions>
{
    private static readonly Type[] Types = [typeof(Caller), typeof(WixApiClient), typeof(WixModule), typeof(WixAuth)];

    public void PostConfigure(string? name, MvcOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ModelBinderProviders.Insert(0, new ServerMadeBinderProvider(options));
        // [ApiController] would take them for the body.
        foreach (var type in Types)
        {
            options.ModelMetadataDetailsProviders.Add(new BindingSourceMetadataProvider(type, BindingSource.Special));
            options.ModelMetadataDetailsProviders.Add(new SuppressChildValidationMetadataProvider(type));
        }
    }
}
