using System.Reflection;

namespace Endpoints;

/// <summary>Finds the assembly of an application by the application's name.</summary>
internal static class ApplicationAssembly
{
    /// <returns>The assembly, or null if there is none of this name: an application may have any name.</returns>
    public static Assembly? Find(string? application)
    {
        if (string.IsNullOrEmpty(application))
            return null;
        try
        {
            return Assembly.Load(new AssemblyName(application));
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or ArgumentException)
        {
            return null;
        }
    }
}
