using Endpoints.Wix.Sessions;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Flows.Installation;

/// <summary>Represents the installations that browsers have begun.</summary>
internal sealed class InstallationAttempts(IDataProtectionProvider protection, IOptions<WixOptions> options, CookieKind kind, AppName app,
    TimeProvider time)
    : BrowserAttempts("wixInstall-", "Endpoints.Wix.Installation", protection, options, kind, app, time);
