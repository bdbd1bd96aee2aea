using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Represents the declaration of who may call one handler of an endpoint file.</summary>
/// <param name="Verb">The HTTP method in upper case, or <c>ALL</c>.</param>
/// <param name="Route">The route in Astro's notation.</param>
/// <param name="Attributes">The attributes of method, class and folders, as in the running application, the nearest first.</param>
/// <param name="Elevate">The <c>[Elevate]</c> that applies, or <see langword="null"/> if there is none.</param>
/// <param name="Location">The location of the handler.</param>
internal sealed record EndpointAccess(string Verb, string Route, IReadOnlyCollection<AttributeData> Attributes, AttributeData? Elevate,
    Location Location)
{
    /// <summary>Gets a value that indicates whether the handler has such a declaration.</summary>
    public bool IsSaid =>
        Elevate is not null
            || Attributes.Any(
                static attribute => HeldAttributes.IsDemand(attribute)
                    || (HeldAttributes.IsAnonymous(attribute) && !HeldAttributes.IsConditional(attribute)));

    /// <summary>Gets the entry of an endpoint that is not elevated.</summary>
    public LockedEndpoint Entry => new(Verb, Route)
    {
        Access = new[] { Attributes.Any(HeldAttributes.IsAnonymous)
            ? LockedEndpoint.Anyone : LockedEndpoint.Authorized }.ToEquatableArray(),
        Authorize = EndpointHandlers.Demands(Attributes).Distinct().OrderBy(static demand => demand, StringComparer.Ordinal)
            .ToEquatableArray(),
    };
}
