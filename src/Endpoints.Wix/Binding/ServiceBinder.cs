using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Endpoints.Wix.Binding;

/// <summary>Takes a value from the request's services, whatever the code says it comes from; what is no service is refused.</summary>
internal sealed class ServiceBinder : IModelBinder
{
    public static ServiceBinder Instance { get; } = new();

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        ArgumentNullException.ThrowIfNull(bindingContext);
        if (bindingContext.HttpContext.RequestServices.GetService(bindingContext.ModelType) is not { } service)
            return RefusingBinder.Instance.BindModelAsync(bindingContext);
        bindingContext.Result = ModelBindingResult.Success(service);
        return Task.CompletedTask;
    }
}
