namespace Endpoints.Wix.Tests.Hosting;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Endpoints.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
