using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Endpoints.Wix.Binding;

/// <summary>Binds the request's caller for actions and Razor Pages, as minimal APIs bind it.</summary>
internal sealed class CallerBinder : IModelBinder
{
    public static CallerBinder Instance { get; } = new();

    /// <exception cref="WixApiException">Wix does not accept the caller's token.</exception>
    /// <exception cref="WixUnavailableException">Wix can't be queried.</exception>
    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        ArgumentNullException.ThrowIfNull(bindingContext);
        bindingContext.Result = ModelBindingResult.Success(await Caller.OfAsync(bindingContext.HttpContext).ConfigureAwait(false));
    }
}
