using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>What one handler of an endpoint file says of who may call it.</summary>
/// <param name="Verb">The HTTP method in upper case, or <c>ALL</c>.</param>
/// <param name="Route">The route in Astro's notation.</param>
/// <param name="Attributes">The attributes of method, class and folders, as the running application has them, the nearest first.</param>
/// <param name="Elevate">The <c>[Elevate]</c> that counts; null when there is none.</param>
/// <param name="Location">Where the handler stands.</param>
internal sealed record EndpointAccess(string Verb, string Route, IReadOnlyCollection<AttributeData> Attributes, AttributeData? Elevate, Location Location)
{
    /// <summary>Whether it says so at all.</summary>
    public bool IsSaid => Elevate is not null || Attributes.Any(static attribute => HeldAttributes.IsDemand(attribute) || (HeldAttributes.IsAnonymous(attribute) && !HeldAttributes.IsConditional(attribute)));

    /// <summary>The entry of an endpoint that is not elevated.</summary>
    public LockedEndpoint Entry => new(Verb, Route)
    {
        Access = new[] { Attributes.Any(HeldAttributes.IsAnonymous) ? LockedEndpoint.Anyone : LockedEndpoint.Authorized }.ToEquatableArray(),
        Authorize = EndpointHandlers.Demands(Attributes).Distinct().OrderBy(static demand => demand, StringComparer.Ordinal).ToEquatableArray(),
    };
}
