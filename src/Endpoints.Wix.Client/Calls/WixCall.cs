namespace Endpoints.Wix.Calls;

/// <summary>A call to Wix, before it is known as whom it is made.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path with placeholders for arguments, for logs.</param>
/// <param name="Path">The path and query string as they are sent.</param>
/// <param name="IsRepeatable">Whether it changes nothing, or nothing more the second time, so that it may be sent again.</param>
internal sealed record WixCall(HttpMethod Method, string Template, string Path, bool IsRepeatable)
{
    /// <summary>The address of the path, where it has been made already.</summary>
    public Uri? Address { get; init; }

    public string PathWithoutQuery => Path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? Path[..query] : Path;

    public static WixCall Get(string template, string path) => new(HttpMethod.Get, template, path, IsRepeatable: true);

    /// <summary>A POST that only reads.</summary>
    public static WixCall Query(string path) => new(HttpMethod.Post, path, path, IsRepeatable: true);

    /// <summary>A POST that changes something: never sent twice.</summary>
    public static WixCall Post(string path) => new(HttpMethod.Post, path, path, IsRepeatable: false);
}
