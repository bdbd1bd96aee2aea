using Endpoints.Wix.Http;

namespace Endpoints.Wix.Calls;

/// <summary>Represents a call to Wix, before its identity is known.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path with placeholders for arguments, for logs.</param>
/// <param name="Path">The path and query string as they are sent.</param>
/// <param name="IsRepeatable">
/// <see langword="true"/> if the call changes nothing, or nothing more the second time, so that it may be sent again; otherwise,
/// <see langword="false"/>.
/// </param>
internal sealed record WixCall(HttpMethod Method, string Template, string Path, bool IsRepeatable)
{
    /// <summary>Gets the address of the path, if it has been created already.</summary>
    public Uri? Address { get; init; }

    /// <summary>Gets the request headers of an HTTP client's caller that describe the wanted response.</summary>
    public IReadOnlyList<WixHeader> Wishes { get; init; } = [];

    public string PathWithoutQuery => Path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? Path[..query] : Path;

    /// <summary>A call of an operation.</summary>
    /// <exception cref="ArgumentException">There are more or fewer arguments than parameters, or one isn't a segment of a path.</exception>
    public static WixCall Of(WixOperation operation, WixArguments? arguments, Uri origin)
    {
        var path = operation.PathOf(arguments);
        return new(operation.Method, operation.Path, path,
            operation.IsRepeatable) { Address = ReferenceEquals(path, operation.Path) ? operation.AddressOn(origin) : null };
    }
}
