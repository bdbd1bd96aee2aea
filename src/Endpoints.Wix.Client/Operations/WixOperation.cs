using Endpoints.Shared.CallPatterns;
using Endpoints.Wix.Http;
using Endpoints.Wix.Operations;

namespace Endpoints.Wix;

/// <summary>Represents one method of Wix's REST API: everything that all calls of it have in common.</summary>
/// <remarks>
/// A module has one for each of its methods, in a static field. The request, its retries, the audit record, traces and the endpoint's
/// <c>Only</c> all read this object, so that they can't disagree.
/// </remarks>
public abstract class WixOperation
{
    private readonly OperationPath _path;
    private Place? _place;

    private protected WixOperation(HttpMethod method, string path)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        if (!CallPattern.IsMethod(method.Method) || method.Method is "CONNECT" or "TRACE")
            throw new ArgumentException("The value is not an HTTP method of Wix's API. Write methods in capital letters.", nameof(method));
        _path = OperationPath.Parse(path, nameof(path));
        Method = method;
        Path = path;
        IsRepeatable = method == HttpMethod.Get || method == HttpMethod.Head;
    }

    /// <summary>Gets the HTTP method.</summary>
    public HttpMethod Method { get; }

    /// <summary>Gets the path with its parameters as placeholders, such as <c>/stores/v3/products/{productId}</c>.</summary>
    public string Path { get; }

    /// <summary>
    /// Gets a value that indicates whether the call can be sent again when Wix didn't answer or was busy, because it changes nothing, or
    /// nothing more the second time. The default is <see langword="true"/> for GET and HEAD, and <see langword="false"/> for all other
    /// methods.
    /// </summary>
    public bool IsRepeatable { get; init; }

    /// <summary>
    /// Gets the ids of the permissions that Wix documents for the method. They are documentation: Wix decides, and the guards don't read
    /// them.
    /// </summary>
    public IReadOnlyList<string> PermissionIds { get; init; } = [];

    /// <summary>Returns the method and the path, such as <c>GET /stores/v3/products/{productId}</c>.</summary>
    public override string ToString() => $"{Method.Method} {Path}";

    /// <summary>Gets the path and query string of one call.</summary>
    /// <exception cref="ArgumentException">There are more or fewer arguments than parameters, or one isn't a segment of a path.</exception>
    internal string PathOf(WixArguments? arguments) => _path.Fill(arguments);

    /// <summary>Gets the address of a call whose path is the operation's own. It is made once, as long as there is one origin.</summary>
    internal Uri AddressOn(Uri origin)
    {
        var place = _place;
        if (place is null || !ReferenceEquals(place.Origin, origin))
            _place = place = new(origin, WixAddress.On(origin, Path));
        return place.Address;
    }

    private sealed record Place(Uri Origin, Uri Address);
}
