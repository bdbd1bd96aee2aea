using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Endpoints.Wix.Binding;

/// <summary>
/// Binds a value from the request's services, whatever source the code specifies. Types that are not services are refused.
/// </summary>
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
