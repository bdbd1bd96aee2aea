using System.Reflection;
using System.Runtime.CompilerServices;
using Endpoints.CompilerServices;
using Endpoints;
using Endpoints.Listing;
using Endpoints.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods for mapping endpoint files.</summary>
public static class FileRouteEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every endpoint file of the calling assembly or, if that has none, of the application's assembly. Files of other assemblies are
    /// mapped only by <see cref="MapFileRoutes(IEndpointRouteBuilder, Assembly)"/>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <returns>The group of the mapped routes, for conventions that apply to all of them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no route table, or <c>AddFileRoutes</c> was not called; the message says what to do.
    /// </exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // or else the calling assembly would be another
    public static RouteGroupBuilder MapFileRoutes(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var calling = Assembly.GetCallingAssembly();
        if (HasFiles(calling))
            return endpoints.MapFileRoutes(() => FileRouteTable.For(calling), calling);

        var application = endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().ApplicationName;
        if (ApplicationAssembly.Find(application) is { } assembly && HasTable(assembly))
            return endpoints.MapFileRoutes(() => FileRouteTable.For(assembly), assembly);
        if (HasTable(calling)) // there are none yet
            return endpoints.MapFileRoutes(() => FileRouteTable.For(calling), calling);

        throw new InvalidOperationException(
            $"Neither '{calling.GetName().Name}', which calls MapFileRoutes(), nor the application '{application}' has endpoint files. "
            + "Add a file such as "
            + "pages/api/hello.cs to one of them and let its project reference the package Endpoints, or name the assembly that has "
                + "them: MapFileRoutes(assembly).");
    }

    /// <summary>Maps every endpoint file of an assembly, such as a class library.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="assembly">The assembly that was built with the endpoint files.</param>
    /// <returns>The group of the mapped routes, for conventions that apply to all of them.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The assembly has no route table, or <c>AddFileRoutes</c> was not called; the message says what to do.
    /// </exception>
    public static RouteGroupBuilder MapFileRoutes(this IEndpointRouteBuilder endpoints, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(assembly);
        if (!HasTable(assembly))
        {
            throw new InvalidOperationException(
                $"'{assembly.GetName().Name}' has no endpoint files. Add a file such as pages/api/hello.cs to its project and let the "
                + "project reference the package Endpoints.");
        }
        return endpoints.MapFileRoutes(() => FileRouteTable.For(assembly), assembly);
    }

    internal static RouteGroupBuilder MapFileRoutes(this IEndpointRouteBuilder endpoints, IReadOnlyList<FileRoute> routes) =>
        endpoints.MapFileRoutes(() => routes, assembly: null);

    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="load">The function that returns the routes. Called once, and again after each hot-reload update.</param>
    /// <param name="assembly">The assembly of the files, or <see langword="null"/> for none.</param>
    private static RouteGroupBuilder MapFileRoutes(this IEndpointRouteBuilder endpoints, Func<IReadOnlyList<FileRoute>> load,
        Assembly? assembly)
    {
        var services = endpoints.ServiceProvider;
        var registry = services.GetService<FileRouteRegistry>()
            ?? throw new InvalidOperationException(
                "MapFileRoutes() needs services that were not added: call builder.Services.AddFileRoutes() "
                + "before the application is built.");

        var group = endpoints.MapGroup(services.GetRequiredService<IOptions<FileRouteOptions>>().Value.BasePath.TrimEnd('/'));
        var source = new FileRouteDataSource(load, services, registry);
        ((IEndpointRouteBuilder)group).DataSources.Add(source);
        registry.Add(source, assembly);
        ListingPage.AddTo(endpoints);
        return group;
    }

    private static bool HasFiles(Assembly assembly) => FileRouteTable.For(assembly).Count > 0;

    private static bool HasTable(Assembly assembly) => assembly.IsDefined(typeof(FileRouteTableAttribute), inherit: false);
}
