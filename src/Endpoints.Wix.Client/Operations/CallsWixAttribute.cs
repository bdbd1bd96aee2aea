namespace Endpoints.Wix;

/// <summary>
/// Specifies the operation of Wix's API that a method of a module calls, for compilers, which can't read it from the method.
/// </summary>
/// <remarks>
/// The guard lock and the list of endpoints name the calls that an elevated endpoint can make by it. A module's method without one is
/// listed as one whose calls can't be seen.
/// </remarks>
/// <param name="operation">
/// The HTTP method and the path with its parameters, such as <c>GET /stores/v3/products/{productId}</c>: see
/// <see cref="WixOperation.ToString"/>.
/// </param>
/// <param name="permissionIds">The ids of the permissions that Wix documents for the operation.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CallsWixAttribute(string operation, params string[] permissionIds) : Attribute
{
    /// <summary>Gets the HTTP method and the path with its parameters.</summary>
    public string Operation { get; } = operation;

    /// <summary>Gets the ids of the permissions that Wix documents for the operation.</summary>
    public IReadOnlyList<string> PermissionIds { get; } = permissionIds;
}
