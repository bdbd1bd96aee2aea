using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Checks what the options say of sessions.</summary>
internal sealed class SessionOptionsCheck(IServiceProvider services) : IValidateOptions<WixOptions>
{
    public ValidateOptionsResult Validate(string? name, WixOptions options)
    {
        List<string> failures = [];
        if (!Enum.IsDefined(options.Session.Cookie))
            failures.Add("Wix:Session:Cookie must be Protected or Compatible.");
        var isDevelopment = services.GetService<IHostEnvironment>()?.IsDevelopment() == true;
        if (options.Session.AllowPlainHttp && !isDevelopment)
            failures.Add(
                "Wix:Session:AllowPlainHttp is for Development only: without https anybody on the way can take a session. Leave it out.");
        if (!isDevelopment && options.PublicOrigin is { IsAbsoluteUri: true } origin && origin.Scheme == Uri.UriSchemeHttp
            && !origin.IsLoopback)
            failures.Add(
                "Wix:PublicOrigin must be an https address outside Development: browsers don't keep session cookies of plain http sites.");
        return OptionsFailures.Result(name, failures);
    }
}
