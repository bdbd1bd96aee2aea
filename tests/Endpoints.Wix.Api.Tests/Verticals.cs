using System.Reflection;
using Endpoints.Wix.Api.Emitter.Facts;

namespace Endpoints.Wix.Api.Tests;

/// <summary>The facts, and the verticals that are built for these tests.</summary>
internal static class Verticals
{
    private static readonly string Folder = Path.Combine(
        typeof(Verticals).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "WixApi").Value!,
        "facts");

    /// <summary>Gets the services of each vertical of the facts.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Service>> Facts { get; } = Directory.GetDirectories(Folder).ToDictionary(
        static vertical => Path.GetFileName(vertical),
        static vertical => (IReadOnlyList<Service>)
            [.. Directory.GetFiles(vertical, "*.json").Order(StringComparer.Ordinal).Select(Service.Read)]);

    /// <summary>Gets the assemblies of those that are built, by the names of their verticals.</summary>
    public static IReadOnlyDictionary<string, Assembly> Built { get; } = new Dictionary<string, Assembly>
    {
        ["app-management"] = typeof(AppManagement.AppInstances).Assembly,
        ["data"] = typeof(Wix.Data.Collections).Assembly,
        ["ecom"] = typeof(Ecom.Orders).Assembly,
        ["media"] = typeof(Media.Files).Assembly,
        ["members"] = typeof(Members.Members).Assembly,
        ["stores"] = typeof(Stores.ProductsV3).Assembly,
    };
}
