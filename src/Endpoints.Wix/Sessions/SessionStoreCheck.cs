using Endpoints.Wix.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>Validates that sessions whose keys are in cookies use cookies that nobody can make up.</summary>
internal sealed class SessionStoreCheck(IServiceProviderIsKeyedService? registered = null) : IValidateOptions<WixOptions>
{
    public ValidateOptionsResult Validate(string? name, WixOptions options) =>
        OptionsFailures.Result(name, options.Session.Cookie == WixSessionCookie.Protected || !HasStore(name)
            ? [] : ["Wix:Session:Cookie must be Protected with a session store: its cookies hold keys, and anybody could make some up."]);

    private bool HasStore(string? app) => registered is not null && (string.IsNullOrEmpty(app)
        ? registered.IsService(typeof(IWixSessionStore)) : registered.IsKeyedService(typeof(IWixSessionStore), app));
}
