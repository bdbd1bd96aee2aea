namespace Endpoints.Shared.Tools;

/// <summary>Determines whether an app may declare a tool with a name and a description.</summary>
/// <remarks>
/// The lengths are Wix's. That a name has no other characters is ours: it is in the guard lock, in logs and in metrics.
/// </remarks>
internal static class ToolText
{
    /// <summary>The maximum number of tools of an app.</summary>
    public const int MaxTools = 100;

    private const int MaxName = 30;
    private const int MinDescription = 10;
    private const int MaxDescription = 1000;

    /// <summary>Returns the reason why a tool can't be declared, and the remedy; <see langword="null"/> if it can.</summary>
    /// <param name="name">The name.</param>
    /// <param name="description">The description.</param>
    public static (string Reason, string Remedy)? Flaw(string? name, string? description)
    {
        if (name is null || !IsName(name))
            return ("its name is none", $"use 1 to {MaxName} letters, digits, -, _ and .");
        if (description is null || description.Trim().Length < MinDescription || description.Length > MaxDescription)
        {
            return ("its description has a length that Wix refuses",
                $"say in {MinDescription} to {MaxDescription} characters what the tool does and when to use it");
        }
        return null;
    }

    private static bool IsName(string name)
    {
        foreach (var letter in name)
        {
            if (letter is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_' or '.'))
                return false;
        }
        return name.Length is > 0 and <= MaxName;
    }
}
