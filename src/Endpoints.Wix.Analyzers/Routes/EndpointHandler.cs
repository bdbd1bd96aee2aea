using System.Collections.Immutable;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>
/// Represents a method that answers requests: a handler of an endpoint file or of a Razor Page, or an action of a controller.
/// </summary>
/// <param name="Kind">The kind of endpoint.</param>
/// <param name="Class">The class that the endpoint belongs to. The method itself may be inherited.</param>
/// <param name="Method">The method.</param>
/// <param name="Verbs">
/// The HTTP methods that the method answers, in upper case, or <see cref="Shared.Handlers.Verbs.All"/> if it names none.
/// </param>
/// <param name="Elevate">
/// The <c>[Elevate]</c> that guards the method, the nearest of method, class and folders, or <see langword="null"/> if there is none.
/// </param>
/// <param name="Page">The endpoint file, or <see langword="null"/> for other endpoints.</param>
internal sealed record EndpointHandler(
    EndpointKind Kind, INamedTypeSymbol Class, IMethodSymbol Method, ImmutableArray<string> Verbs, AttributeData? Elevate, PageSource? Page)
{
    /// <summary>Gets a value that indicates whether links and images can call the method.</summary>
    /// <remarks>
    /// A page's <c>All</c> is expected to check the HTTP method itself. On an action, a missing HTTP method attribute is treated as an
    /// oversight.
    /// </remarks>
    public bool AnswersGet =>
        Verbs.Any(verb => verb is "GET" or "HEAD" || (verb == Shared.Handlers.Verbs.All && Kind == EndpointKind.Action));

    /// <summary>Gets a value that indicates whether complex parameters without attributes are bound from the request.</summary>
    public bool BindsBody =>
        Kind == EndpointKind.Action || Verbs.Any(static verb => verb is not ("GET" or "HEAD" or "DELETE" or "OPTIONS"));
}
