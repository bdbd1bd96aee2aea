using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Platform;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>Checks that a caller may perform an operation.</summary>
internal sealed class AccessCheck(PlatformDirectory directory)
{
    /// <exception cref="ApiException">The caller may not perform the operation.</exception>
    public void Demand(Operation operation, EmulatedCaller? caller, Answer? refusal)
    {
        if (operation.Access is Access.Open)
            return;
        if (caller is null)
            throw new ApiException(refusal!); // there is one whenever there is no caller
        if (operation.Access is Access.Account)
        {
            if (caller is not { Kind: EmulatedIdentityKind.ApiKey, SiteId: null })
                throw ApiException.Forbidden("Only an API key may call this, for its account.");
        }
        else if (caller is { Kind: EmulatedIdentityKind.ApiKey, SiteId: null })
        {
            throw ApiException.Forbidden("This is about a site: send the header wix-site-id instead of wix-account-id.");
        }

        if (operation.Access is Access.Restricted && caller.Kind is (EmulatedIdentityKind.Visitor or EmulatedIdentityKind.Member))
            throw ApiException.Forbidden("Only a Wix app or a Wix user may call this.", operation.Permission);
        if (operation.Access is Access.Member && caller.Kind is EmulatedIdentityKind.Visitor)
            throw ApiException.Forbidden("A visitor may not call this.", operation.Permission);
        if (operation.Permission is { } permission && Granted(caller)?.Contains(permission) == false)
            throw ApiException.Forbidden($"The permission {permission} is missing.", permission);
    }

    private IReadOnlySet<string>? Granted(EmulatedCaller caller) => caller.Kind switch
    {
        EmulatedIdentityKind.App => directory.FindApp(caller.ClientId)?.Permissions,
        EmulatedIdentityKind.ApiKey => directory.FindKeyByName(caller.Id)?.Permissions,
        _ => null,
    };
}
