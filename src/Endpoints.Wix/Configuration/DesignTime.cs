using System.Reflection;

namespace Endpoints.Wix.Configuration;

/// <summary>Tells the tools that start an application in order to look at it: they answer no request, and the machines that build have no credentials.</summary>
internal static class DesignTime
{
    // Microsoft.Extensions.ApiDescription.Server and Swashbuckle's command line.
    private static readonly string[] Tools = ["GetDocument.Insider", "dotnet-swagger"];

    public static bool IsNow { get; } = Tools.Contains(Assembly.GetEntryAssembly()?.GetName().Name, StringComparer.Ordinal);
}
