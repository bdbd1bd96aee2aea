using Endpoints.Shared.Collections;

namespace Endpoints.Shared.Lock;

/// <summary>Represents a call to Wix that an elevated endpoint can make as the app.</summary>
/// <param name="Operation">The HTTP method and the path with its parameters.</param>
/// <param name="Permissions">The ids of the permissions that Wix documents for it. They inform, and make no endpoint wider.</param>
internal sealed record LockedCall(string Operation, EquatableArray<string> Permissions)
{
    /// <summary>Returns the call with its permissions, for messages.</summary>
    public override string ToString() => Permissions.Count == 0 ? Operation : $"{Operation} ({string.Join(", ", Permissions)})";
}
