using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Endpoints.Wix.Binding;

/// <summary>Binds nothing. Refuses every parameter, and every member for which the client has sent a value.</summary>
internal sealed class RefusingBinder : IModelBinder
{
    public static RefusingBinder Instance { get; } = new();

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        ArgumentNullException.ThrowIfNull(bindingContext);
        if (bindingContext.IsTopLevelObject || bindingContext.ValueProvider.ContainsPrefix(bindingContext.ModelName))
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, ServerMadeJson.Refusal);
        bindingContext.Result = ModelBindingResult.Failed();
        return Task.CompletedTask;
    }
}
