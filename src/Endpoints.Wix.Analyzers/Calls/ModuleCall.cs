using Endpoints.Shared.Collections;

namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Represents an operation of Wix's API that code calls.</summary>
/// <param name="Operation">The HTTP method and the path with its parameters.</param>
/// <param name="Permissions">The ids of the permissions that Wix documents for it.</param>
internal sealed record ModuleCall(string Operation, EquatableArray<string> Permissions);
