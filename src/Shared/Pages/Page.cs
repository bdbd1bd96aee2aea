using Endpoints.Shared.Collections;
using Endpoints.Shared.Naming;

namespace Endpoints.Shared.Pages;

/// <summary>Everything that the route table needs to know of one endpoint file, as plain values.</summary>
/// <param name="File">The file, as the route table shows it.</param>
/// <param name="Route">Its route.</param>
/// <param name="Handler">The handler class, as C# names it from anywhere: <c>global::Shop.Products</c>.</param>
/// <param name="Methods">What the class answers, in the order of the file.</param>
internal sealed record Page(string File, RouteSegments Route, string Handler, EquatableArray<PageMethod> Methods);
