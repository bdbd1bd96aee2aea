using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>What the project wants of the guard lock, and of what its endpoints say, as the package's targets hand it over: in a file of their own.</summary>
/// <remarks>
/// A file and not the compiler's configuration: that is a namespace into which <c>.globalconfig</c> and <c>.editorconfig</c> may write. The targets have read the properties, and
/// they alone: here stand words that can't be read in two ways.
/// </remarks>
/// <param name="Write">Whether the build writes the lock, and so does not compare with it.</param>
/// <param name="Mode"><c>enforce</c>, <c>off</c>, or <c>auto</c> to enforce a lock that is there.</param>
/// <param name="RequiresAccess">Whether every endpoint file must say who may call.</param>
/// <param name="LockPath">Where the lock lies, with <c>/</c> throughout; empty when there is none.</param>
internal sealed record LockSettings(bool Write, string Mode, bool RequiresAccess, string LockPath)
{
    /// <summary>The file's name. The targets know it too.</summary>
    public const string FileName = "endpoints.lock.settings";

    /// <summary>Whether a file that the compiler was given is the one of the targets.</summary>
    public static bool IsIn(AdditionalText file) => Normal(file.Path) is var path && path.Substring(path.LastIndexOf('/') + 1) == FileName;

    /// <summary>Reads the file, or says what is wrong with it.</summary>
    public static LockSettings? TryRead(string? text)
    {
        var lines = (text ?? "").Split('\n').Select(static line => line.TrimEnd('\r')).ToList();
        return lines.Count == 5 && lines[0] is "write=true" or "write=false" && lines[1] is "mode=auto" or "mode=enforce" or "mode=off"
            && lines[2] is "access=true" or "access=false" && lines[3].StartsWith("lock=", StringComparison.Ordinal) && lines[4].Length == 0
            ? new LockSettings(lines[0] == "write=true", lines[1].Substring("mode=".Length), lines[2] == "access=true", Normal(lines[3].Substring("lock=".Length)))
            : null;
    }

    /// <summary>A path with <c>/</c> throughout.</summary>
    public static string Normal(string path) => path.Replace('\\', '/');
}
