using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Endpoints.Wix.Binding;

/// <summary>Gives an action or a Razor Page the request's caller, as minimal APIs get it.</summary>
internal sealed class CallerBinder : IModelBinder
{
    public static CallerBinder Instance { get; } = new();

    /// <exception cref="WixApiException">Wix does not accept the caller's token.</exception>
    /// <exception cref="WixUnavailableException">Wix could not be asked.</exception>
    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        ArgumentNullException.ThrowIfNull(bindingContext);
        bindingContext.Result = ModelBindingResult.Success(await Caller.OfAsync(bindingContext.HttpContext).ConfigureAwait(false));
    }
}
