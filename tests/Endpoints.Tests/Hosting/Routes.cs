namespace Endpoints.Tests.Hosting;

/// <summary>Route tables as the generator would write them.</summary>
internal static class Routes
{
    /// <summary>
    /// A file whose class answers the methods that it has under their own names, in any casing and with or without <c>Async</c>.
    /// </summary>
    public static FileRoute File(string route, Type handler, params Type[] folders) => new(
        $"pages{route}.cs",
        route,
        handler,
        [
            .. from method in handler.GetMethods()
               let name = (method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name[..^5] : method.Name).ToUpperInvariant()
               where name is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" or "ALL" or "PROPFIND"
               select new FileRouteMethod(name, method.Name),
        ],
        folders);

    /// <summary>A file that answers with what was chosen: <c>route|method|name=value;...</c></summary>
    public static FileRoute Echo(string route, params string[] methods) => new(
        $"pages{route}.cs", route, typeof(Echo),
        [.. (methods.Length == 0 ? ["GET"] : methods).Select(method => new FileRouteMethod(method, nameof(Hosting.Echo.Answer)))]);
}
