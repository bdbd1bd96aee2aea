namespace Endpoints.Shared.Naming;

/// <summary>Represents a part of a route segment: literal text or a parameter.</summary>
/// <remarks>The type is a class because the runtime would have to compile specialized code for collections of structs at startup.</remarks>
/// <param name="Kind">The kind of the part.</param>
/// <param name="Value">The literal text, or the name of the parameter without brackets and dots.</param>
internal sealed record RoutePart(RoutePartKind Kind, string Value)
{
    /// <summary>Returns the part in Astro's notation.</summary>
    public override string ToString() => Kind switch
    {
        RoutePartKind.Parameter => $"[{Value}]",
        RoutePartKind.Rest => $"[...{Value}]",
        _ => Value,
    };
}
