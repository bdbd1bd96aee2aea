using Endpoints.Wix.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Flows.Installation;

/// <summary>Represents the installations that browsers have begun.</summary>
internal sealed class InstallationAttempts(IDataProtectionProvider protection, IOptions<WixOptions> options, CookieKind kind,
    TimeProvider time)
    : BrowserAttempts("wixInstall-", "Endpoints.Wix.Installation", protection, options, kind, time);
