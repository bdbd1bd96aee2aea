using Endpoints.Wix.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Flows.Login;

/// <summary>Represents the logins that browsers have begun.</summary>
internal sealed class LoginAttempts(IDataProtectionProvider protection, IOptions<WixOptions> options, CookieKind kind, TimeProvider time)
    : BrowserAttempts("wixLogin-", "Endpoints.Wix.Login", protection, options, kind, time);
