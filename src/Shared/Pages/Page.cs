using Endpoints.Shared.Collections;
using Endpoints.Shared.Naming;

namespace Endpoints.Shared.Pages;

/// <summary>Represents one endpoint file, with all that the route table needs, as plain values.</summary>
/// <param name="File">The file, as the route table shows it.</param>
/// <param name="Route">The route of the file.</param>
/// <param name="Handler">The fully qualified C# name of the handler class: <c>global::Shop.Products</c>.</param>
/// <param name="Methods">The HTTP methods that the class handles, in the order of the file.</param>
internal sealed record Page(string File, RouteSegments Route, string Handler, EquatableArray<PageMethod> Methods);
