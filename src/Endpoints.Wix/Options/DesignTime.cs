using System.Reflection;

namespace Endpoints.Wix.Options;

/// <summary>
/// Detects the tools that start an application to inspect it. They answer no request, and build machines have no credentials.
/// </summary>
internal static class DesignTime
{
    // Microsoft.Extensions.ApiDescription.Server and Swashbuckle's command line.
    private static readonly string[] Tools = ["GetDocument.Insider", "dotnet-swagger"];

    public static bool IsNow { get; } = Tools.Contains(Assembly.GetEntryAssembly()?.GetName().Name, StringComparer.Ordinal);
}
