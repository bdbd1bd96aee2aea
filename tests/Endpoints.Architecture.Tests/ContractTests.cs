namespace Endpoints.Architecture.Tests;

/// <summary>A contract beside the public members changes where somebody looks at it, and not by the way.</summary>
public sealed class ContractTests
{
    public static TheoryData<string> Names => [.. Contracts.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_others_rely_on_is_what_was_approved(string contract)
    {
        var root = Path.GetDirectoryName(House.Folder)!;
        var approved = Path.Combine("tests", "Endpoints.Packages.Tests", "Contracts", contract + ".txt");
        var found = Path.Combine("artifacts", "contracts", contract + ".txt");
        string[] lines = [.. Contracts.All[contract]()];
        Directory.CreateDirectory(Path.Combine(root, "artifacts", "contracts"));
        await File.WriteAllTextAsync(Path.Combine(root, found), string.Join('\n', lines) + "\n");

        string[] before = File.Exists(Path.Combine(root, approved)) ? await File.ReadAllLinesAsync(Path.Combine(root, approved)) : [];
        string[] differences =
            [.. before.Except(lines).Select(static line => $"- {line}"), .. lines.Except(before).Select(static line => $"+ {line}")];

        Assert.True(
            lines.SequenceEqual(before),
            $"{approved} says otherwise:\n{(differences.Length == 0 ? "The order is another." : string.Join('\n', differences))}\nApplications, dashboards, lock files or running sessions may rely on what changed. If it is meant, commit the new list with "
            + $"the change:\n  cp {found} {approved}");
        Assert.InRange(lines.Length, 10, 1000);
    }
}
