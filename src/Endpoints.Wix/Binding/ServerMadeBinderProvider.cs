using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Endpoints.Wix.Binding;

/// <summary>
/// Provides the binders of server-created types for actions and Razor Pages. It is queried first, so that no attribute lets client data in.
/// </summary>
internal sealed class ServerMadeBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.BindingInfo.BindingSource == BindingSource.Services)
            return null; // [FromServices] and [FromKeyedServices]: the framework's own binder asks nobody else
        var type = context.Metadata.ModelType;
        if (type == typeof(Caller))
            return CallerBinder.Instance;
        if (ServerMade.IsService(type))
            return ServiceBinder.Instance;
        return ServerMade.IsRefused(type) ? RefusingBinder.Instance : null;
    }
}
