using System.Collections.Immutable;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>A method that answers requests: a handler of an endpoint file or of a Razor Page, or an action of a controller.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Class">The class whose endpoint it is; the method itself may be inherited.</param>
/// <param name="Method">The method.</param>
/// <param name="Verbs">The HTTP methods it answers, in upper case; <see cref="Shared.Handlers.Verbs.All"/> when it names none.</param>
/// <param name="Elevate">The <c>[Elevate]</c> that guards it: the nearest of method, class and folders; null when there is none.</param>
/// <param name="Page">The endpoint file; null for all others.</param>
internal sealed record EndpointHandler(
    EndpointKind Kind, INamedTypeSymbol Class, IMethodSymbol Method, ImmutableArray<string> Verbs, AttributeData? Elevate, PageSource? Page)
{
    /// <summary>Whether links and images can call it.</summary>
    /// <remarks>A page's <c>All</c> looks at the method itself; an action without an attribute for its HTTP method forgot to.</remarks>
    public bool AnswersGet => Verbs.Any(verb => verb is "GET" or "HEAD" || (verb == Shared.Handlers.Verbs.All && Kind == EndpointKind.Action));

    /// <summary>Whether complex parameters without attributes are read from the request.</summary>
    public bool BindsBody => Kind == EndpointKind.Action || Verbs.Any(static verb => verb is not ("GET" or "HEAD" or "DELETE" or "OPTIONS"));
}
