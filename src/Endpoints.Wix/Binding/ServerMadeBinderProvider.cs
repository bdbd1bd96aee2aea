using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Binding;

/// <summary>
/// Provides the binders of server-created types for actions and Razor Pages. It is queried first, so that no attribute lets client data in.
/// </summary>
/// <param name="options">The application's settings, with the formatters that read bodies.</param>
internal sealed class ServerMadeBinderProvider(MvcOptions options) : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var source = context.BindingInfo.BindingSource;
        if (source == BindingSource.Services)
            return null; // [FromServices] and [FromKeyedServices]: the framework's own binder asks nobody else
        var type = context.Metadata.ModelType;
        if (type == typeof(Caller))
            return CallerBinder.Instance;
        if (ServerMade.IsService(type))
            return ServiceBinder.Instance;
        if (ServerMade.IsRefused(type))
            return RefusingBinder.Instance;
        return source?.CanAcceptDataFrom(BindingSource.Body) == true && FormMembers.Find(type) is not null
            ? Bodies(context.Services).GetBinder(context) : null;
    }

    // Only for such bodies: the application's formatters stay as they are.
    private BodyModelBinderProvider Bodies(IServiceProvider services) => new(
        [new ServerMadeFormatter(options.InputFormatters), .. options.InputFormatters],
        services.GetRequiredService<IHttpRequestStreamReaderFactory>(), services.GetRequiredService<ILoggerFactory>(), options);
}
