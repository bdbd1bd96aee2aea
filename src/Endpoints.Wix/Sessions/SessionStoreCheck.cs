using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>Validates that sessions whose keys are in cookies use cookies that nobody can make up.</summary>
internal sealed class SessionStoreCheck(IServiceProviderIsService? registered = null) : IValidateOptions<WixOptions>
{
    public ValidateOptionsResult Validate(string? name, WixOptions options) =>
        options.Session.Cookie == WixSessionCookie.Protected || registered?.IsService(typeof(IWixSessionStore)) != true
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Wix:Session:Cookie must be Protected with a session store: its cookies hold keys, and anybody could make some up.");
}
