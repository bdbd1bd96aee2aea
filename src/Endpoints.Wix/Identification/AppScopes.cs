using Endpoints.Wix.Apps;
using Endpoints.Wix.Calls;

namespace Endpoints.Wix.Identification;

/// <summary>
/// Determines the app for which the code in a scope makes calls: the one of the current request, and outside requests the one without a
/// name.
/// </summary>
internal sealed class AppScopes(WixApps apps) : IAppScopes
{
    public IServiceProvider Of(IServiceProvider scope)
    {
        if (!apps.AreSeveral || scope is AppServices)
            return scope;
        var request = RequestFlow.Here is { } here ? here.CallerOf(scope) ?? here.Find() : null;
        return (request?.App ?? apps.Default ?? throw new InvalidOperationException(
            "There is no request here whose Wix app could be meant, and the application has none without a name. Name the app: "
            + $"[FromKeyedServices(\"{apps.First.Name}\")], or GetRequiredKeyedService.")).In(scope);
    }
}
