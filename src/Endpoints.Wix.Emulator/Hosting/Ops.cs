using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Platform;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>Creates operations that read or change a site's data, inside its lock.</summary>
internal static class Ops
{
    public static Operation Read(string route, Access access, string? permission, Func<ApiRequest, SiteData, Answer> read)
    {
        var (method, template) = Split(route);
        return new(method, template, access, permission, request => new(request.Data.Read(data => read(request, data))));
    }

    /// <summary>Creates an operation as <see cref="Read"/> does, whose response also carries a value for <c>X-Wix-Consistent</c>.</summary>
    public static Operation Write(string route, Access access, string? permission, Func<ApiRequest, SiteData, Answer> write)
    {
        var (method, template) = Split(route);
        return new(
            method,
            template,
            access,
            permission,
            request => new(request.Data.Read(data => write(request, data)).With("X-Wix-Consistent", Consistency.NewValue())));
    }

    private static (string Method, string Template) Split(string route)
    {
        var space = route.IndexOf(' ', StringComparison.Ordinal);
        return (route[..space], route[(space + 1)..]);
    }
}
