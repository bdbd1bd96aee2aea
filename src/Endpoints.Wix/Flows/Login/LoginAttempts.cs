using Endpoints.Wix.Sessions;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Flows.Login;

/// <summary>Represents the logins that browsers have begun.</summary>
internal sealed class LoginAttempts(IDataProtectionProvider protection, IOptions<WixOptions> options, CookieKind kind, AppName app,
    TimeProvider time)
    : BrowserAttempts("wixLogin-", "Endpoints.Wix.Login", protection, options, kind, app, time);
