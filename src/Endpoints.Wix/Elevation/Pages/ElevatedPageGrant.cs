using System.Reflection;
using System.Runtime.CompilerServices;
using Endpoints.Problems;
using Endpoints.Wix.Elevation.Actions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Endpoints.Wix.Elevation.Pages;

/// <summary>
/// Steps 7 to 9 around a Razor Page's handler. The handler runs for valid arguments that the check allows, and elevation ends with it,
/// before the page is rendered.
/// </summary>
internal sealed class ElevatedPageGrant(IServiceProvider services) : IAsyncPageFilter, IOrderedFilter
{
    private readonly ConditionalWeakTable<CompiledPageActionDescriptor, Dictionary<MethodInfo, ActionValidation?>> _validations = [];

    // Last, as an action's is.
    public int Order => int.MaxValue;

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var page = context.ActionDescriptor;
        var guarded = page.Properties.TryGetValue(typeof(GuardedEndpoint), out var own) ? own as GuardedEndpoint : null;
        var grant = ElevationPipeline.Admitted(context.HttpContext, guarded);
        if (await RefusalAsync(context, page, grant).ConfigureAwait(false) is { } problem)
        {
            context.Result = new ProblemActionResult(problem);
            return;
        }

        NeverStored.TellAgain(context.HttpContext);
        using (new GrantScope(grant))
            await next().ConfigureAwait(false);
    }

    private async ValueTask<Problem?> RefusalAsync(PageHandlerExecutingContext context, CompiledPageActionDescriptor page,
        ElevationGrant grant)
    {
        if (!context.ModelState.IsValid)
            return InvalidModel.Problem(context, context.ModelState, (context.HandlerMethod?.Parameters ?? []).Concat(page.BoundProperties),
                context.HandlerArguments);

        if (context.HandlerMethod is { } handler
            && _validations.GetValue(page, Plan).TryGetValue(handler.MethodInfo, out var validation) && validation is not null
            && await validation.ValidateAsync(context, context.HandlerArguments, context.HandlerInstance)
                .ConfigureAwait(false) is { } invalid)
        {
            return invalid;
        }

        return grant.Endpoint.Check is null
            ? null : await grant.Endpoint.Pipeline.CheckAsync(context.HttpContext, grant, Arguments(context, page)).ConfigureAwait(false);
    }

    private Dictionary<MethodInfo, ActionValidation?> Plan(CompiledPageActionDescriptor page) => page.HandlerMethods.ToDictionary(
        static handler => handler.MethodInfo,
        handler => ActionValidation.For([.. handler.Parameters, .. page.BoundProperties], ElevatedActions.Json(services), services));

    /// <summary>Returns the handler's arguments, and the properties of the page model that the request has set.</summary>
    private static Dictionary<string, object?> Arguments(PageHandlerExecutingContext context, CompiledPageActionDescriptor page)
    {
        var arguments = new Dictionary<string, object?>(context.HandlerArguments, StringComparer.Ordinal);
        foreach (var bound in page.BoundProperties)
        {
            if (bound.BindingInfo?.RequestPredicate?.Invoke(context) != false && ActionValidation.PropertyOf(bound) is { } property)
                arguments.TryAdd(bound.Name, property.GetValue(context.HandlerInstance));
        }

        return arguments;
    }
}
