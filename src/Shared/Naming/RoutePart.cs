namespace Endpoints.Shared.Naming;

/// <summary>A piece of a route segment: literal text or a parameter.</summary>
/// <remarks>A class: of collections of structs the runtime would have to compile its own code when an application starts.</remarks>
/// <param name="Kind">What it stands for.</param>
/// <param name="Value">The literal text, or the parameter's name without brackets and dots.</param>
internal sealed record RoutePart(RoutePartKind Kind, string Value)
{
    /// <summary>The part in Astro's notation.</summary>
    public override string ToString() => Kind switch
    {
        RoutePartKind.Parameter => $"[{Value}]",
        RoutePartKind.Rest => $"[...{Value}]",
        _ => Value,
    };
}
