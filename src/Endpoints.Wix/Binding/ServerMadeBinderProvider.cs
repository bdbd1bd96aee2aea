using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Endpoints.Wix.Binding;

/// <summary>Binds what the server makes, on actions and Razor Pages: the first to be asked, so that no attribute lets a client's words in.</summary>
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
