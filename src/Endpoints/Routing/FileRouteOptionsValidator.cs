using Microsoft.Extensions.Options;

namespace Endpoints.Routing;

/// <summary>Validates <see cref="FileRouteOptions"/>. Invalid options stop the start of the application.</summary>
internal sealed class FileRouteOptionsValidator : IValidateOptions<FileRouteOptions>
{
    private const string Forbidden = "{}[]?*#\\";

    public ValidateOptionsResult Validate(string? name, FileRouteOptions options)
    {
        if (options.TrailingSlash is not (TrailingSlash.Ignore or TrailingSlash.Always or TrailingSlash.Never))
            return ValidateOptionsResult.Fail($"FileRouteOptions.TrailingSlash is {options.TrailingSlash}: use Ignore, Always or Never.");

        var path = options.BasePath;
        if (path is null || !path.StartsWith('/') || path.Contains("//", StringComparison.Ordinal) || path.Any(Forbidden.Contains))
            return ValidateOptionsResult.Fail(
                $"FileRouteOptions.BasePath is '{path}': use plain text that begins with '/', such as '/docs'.");

        return options.Site is { } site && (!site.IsAbsoluteUri || site.Scheme is not ("http" or "https"))
            ? ValidateOptionsResult.Fail($"FileRouteOptions.Site is '{site}': use an absolute address, such as 'https://example.com'.")
            : ValidateOptionsResult.Success;
    }
}
