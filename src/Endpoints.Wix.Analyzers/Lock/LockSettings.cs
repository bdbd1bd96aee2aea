using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>
/// Represents the project's settings for the guard lock and for declarations on endpoint files, as the package's targets provide them in a
/// file of their own.
/// </summary>
/// <remarks>
/// They are not read from the compiler's configuration, because <c>.globalconfig</c> and <c>.editorconfig</c> files can write to it. Only
/// the targets evaluate the properties; this file contains unambiguous words.
/// </remarks>
/// <param name="Write">
/// <see langword="true"/> if the build writes the lock and therefore does not compare with it; otherwise, <see langword="false"/>.
/// </param>
/// <param name="Mode"><c>enforce</c>, <c>off</c>, or <c>auto</c> to enforce an existing lock.</param>
/// <param name="RequiresAccess">
/// <see langword="true"/> if every endpoint file must declare who may call it; otherwise, <see langword="false"/>.
/// </param>
/// <param name="LockPath">The path of the lock, with <c>/</c> as the only separator, or an empty string if there is none.</param>
internal sealed record LockSettings(bool Write, string Mode, bool RequiresAccess, string LockPath)
{
    /// <summary>The name of the file, which the targets also use.</summary>
    public const string FileName = "endpoints.lock.settings";

    /// <summary>Determines whether an additional file is the settings file of the targets.</summary>
    public static bool IsIn(AdditionalText file) => Normal(file.Path) is var path && path.Substring(path.LastIndexOf('/') + 1) == FileName;

    /// <summary>Parses the file, or describes its flaw.</summary>
    public static LockSettings? TryRead(string? text)
    {
        var lines = (text ?? "").Split('\n').Select(static line => line.TrimEnd('\r')).ToList();
        return lines.Count == 5 && lines[0] is "write=true" or "write=false" && lines[1] is "mode=auto" or "mode=enforce" or "mode=off"
            && lines[2] is "access=true" or "access=false" && lines[3].StartsWith("lock=", StringComparison.Ordinal) && lines[4].Length == 0
            ? new LockSettings(lines[0] == "write=true", lines[1].Substring("mode=".Length), lines[2] == "access=true",
                Normal(lines[3].Substring("lock=".Length)))
            : null;
    }

    /// <summary>Returns a path with <c>/</c> as the only separator.</summary>
    public static string Normal(string path) => path.Replace('\\', '/');
}
