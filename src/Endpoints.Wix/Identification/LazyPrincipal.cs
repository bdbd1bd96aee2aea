using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Endpoints.Wix.Identification;

/// <summary>Holds the user of a request: the caller, until another is set. Its principal is made when somebody asks for it.</summary>
/// <remarks>Reading is thread-safe.</remarks>
/// <param name="caller">The caller.</param>
internal sealed class LazyPrincipal(Caller caller) : IHttpAuthenticationFeature
{
    private ClaimsPrincipal? _user;

    public ClaimsPrincipal? User
    {
        get => Volatile.Read(ref _user) ?? LazyInitializer.EnsureInitialized(ref _user, caller.ToPrincipal);
        set => Volatile.Write(ref _user, value ?? new(new ClaimsIdentity())); // what a context without one has
    }
}
