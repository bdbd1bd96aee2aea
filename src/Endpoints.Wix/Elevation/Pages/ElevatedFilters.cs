using Endpoints.Wix.Elevation.Actions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Endpoints.Wix.Elevation.Pages;

/// <summary>
/// Makes the guards the first filter of an elevated action or page and the grant the last, whatever has been added, removed or moved.
/// </summary>
internal sealed class ElevatedFilters(ElevatedActionGuard guard, ElevatedActionGrant actionGrant,
    ElevatedPageGrant pageGrant) : IFilterProvider
{
    // The lowest has the last word on the way back.
    public int Order => int.MinValue;

    public void OnProvidersExecuting(FilterProviderContext context)
    {
    }

    public void OnProvidersExecuted(FilterProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var action = context.ActionContext.ActionDescriptor;
        var isGuarded = action.Properties.ContainsKey(typeof(GuardedEndpoint));
        // which an action that is guarded where it is mapped has
        if (!isGuarded && !action.Properties.ContainsKey(typeof(ActionValidation)))
            return;

        Remove(context.Results);
        if (isGuarded)
            context.Results.Insert(0, Item(guard, int.MinValue));
        context.Results.Add(Item(action is ControllerActionDescriptor ? actionGrant : pageGrant, int.MaxValue));
    }

    private static void Remove(IList<FilterItem> filters)
    {
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            if (filters[i].Filter is ElevatedActionGuard or ElevatedActionGrant or ElevatedPageGrant)
                filters.RemoveAt(i);
        }
    }

    private static FilterItem Item(IFilterMetadata filter, int scope) =>
        new(new FilterDescriptor(filter, scope), filter) { IsReusable = true };
}
