using System.Reflection;

namespace Endpoints.Packages.Tests;

/// <summary>The public API of each package, compared with an approved list.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Endpoints")]
    [InlineData("Endpoints.Redis")]
    [InlineData("Endpoints.Wix")]
    [InlineData("Endpoints.Wix.Client")]
    [InlineData("Endpoints.Wix.Emulator")]
    [InlineData("Endpoints.Testing")]
    public async Task A_package_has_the_public_members_that_its_list_has(string package)
    {
        var root = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "RepositoryRoot").Value!;
        var approved = Path.Combine(root, "tests", "Endpoints.Packages.Tests", "PublicApi", package + ".txt");
        var found = Path.Combine(root, "artifacts", "public-api", package + ".txt");
        var listing = PublicApi.Of(Assembly.Load(package));
        Directory.CreateDirectory(Path.GetDirectoryName(found)!);
        await File.WriteAllTextAsync(found, listing);

        var differences = Differences(File.Exists(approved) ? await File.ReadAllLinesAsync(approved) : [], listing.Split('\n'));

        Assert.True(
            differences.Count == 0,
            $"The public members of {package} are not those of {Path.GetRelativePath(root, approved)}:\n{string.Join('\n', differences)}\n"
            + "If that is meant, take the new list and commit it with the change:\n"
            + $"  cp {Path.GetRelativePath(root, found)} {Path.GetRelativePath(root, approved)}");
    }

    /// <summary>Lines that only one of two lists has, beneath the type they belong to.</summary>
    private static List<string> Differences(string[] approved, string[] found)
    {
        var (before, now) = (Members(approved), Members(found));
        return [.. before.Except(now).Select(static line => $"- {line}"), .. now.Except(before).Select(static line => $"+ {line}")];

        static List<string> Members(string[] lines)
        {
            var members = new List<string>();
            var type = "";
            foreach (var line in lines.Where(static line => line.Length > 0))
            {
                if (!line.StartsWith(' '))
                    type = line;
                members.Add(line.StartsWith(' ') ? $"{type} {{ {line.Trim()} }}" : line);
            }
            return members;
        }
    }
}
