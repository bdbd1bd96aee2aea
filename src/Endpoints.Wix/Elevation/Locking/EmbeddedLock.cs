using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Endpoints.Shared.Lock;

namespace Endpoints.Wix.Elevation.Locking;

/// <summary>
/// Represents the guard lock with which an assembly was compared when it was built. The generator embeds it: see <c>LockReceipt</c>.
/// </summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Text">The lock, as it was on disk.</param>
/// <param name="Entries">The entries of the lock.</param>
internal sealed record EmbeddedLock(Assembly Assembly, string Text, ImmutableArray<LockedEndpoint> Entries)
{
    private const string Key = "Endpoints.GuardLock";

    /// <summary>Returns the lock of an assembly; <see langword="null"/> if it was built without one.</summary>
    /// <exception cref="InvalidOperationException">The embedded lock does not match its receipt.</exception>
    public static EmbeddedLock? Of(Assembly assembly)
    {
        var data = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Where(static data => data.Key is Key or Key + ".Text")
            .ToList();
        var texts = data.Where(static data => data.Key != Key).Select(static data => data.Value).ToList();
        var receipts = data.Where(static data => data.Key == Key).Select(static data => data.Value).ToList();
        if (texts.Count == 0 && receipts.Count <= 1)
            return null;
        if (texts is not [{ } text] || receipts is not [{ } receipt] || !receipt.Contains($"|{Hash(text)}|", StringComparison.Ordinal))
            throw Wrong(assembly, "is not the one of its receipt");
        return LockFile.TryRead(text, out var flaw) is { } read
            ? new(assembly, text, [.. read.Select(static entry => entry.Endpoint)]) : throw Wrong(assembly, flaw);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static InvalidOperationException Wrong(Assembly assembly, string what) =>
        new($"The guard lock in the assembly {assembly.GetName().Name} {what}. Rebuild it.");
}
