using Endpoints.Shared.Lock;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Represents a place in the code that elevates or lifts a guard.</summary>
/// <param name="Kind"><see cref="LockedEndpoint.Elevates"/> or <see cref="LockedEndpoint.Unguards"/>.</param>
/// <param name="Syntax">The syntax at that place.</param>
/// <param name="Operation">The operation at that place, or <see langword="null"/> for an attribute or a declaration.</param>
internal sealed record GuardUse(string Kind, SyntaxNode Syntax, IOperation? Operation);
