using System.Buffers;

namespace Endpoints.Wix.Options;

/// <summary>Validates the paths of events and service plugins.</summary>
internal static class EventPaths
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");

    /// <summary>Returns what is wrong with the paths.</summary>
    public static IEnumerable<string> Faults(WixEventOptions options)
    {
        if (!IsPath(options.WebhookPath))
            yield return Wrong("WebhookPath", "/_wix/extensions/webhooks");
        if (!IsPath(options.PluginPath))
            yield return Wrong("PluginPath", "/_wix/extensions/service-plugins");
        if (IsBelow(options.PluginPath, options.WebhookPath) || IsBelow(options.WebhookPath, options.PluginPath))
            yield return "Wix:Events:WebhookPath and Wix:Events:PluginPath must not be below each other. Change one of them.";
    }

    /// <summary>Determines whether a text can be a segment of a path: unreserved characters, at most 100.</summary>
    public static bool IsSegment(string? text) =>
        text is { Length: > 0 and <= 100 } and not ("." or "..") && !text.AsSpan().ContainsAnyExcept(Allowed);

    private static bool IsPath(string? text) =>
        text is ['/', .. var rest] && Array.TrueForAll(rest.Split('/'), IsSegment);

    private static bool IsBelow(string? path, string? other) =>
        path is not null && other is not null && (path + "/").StartsWith(other + "/", StringComparison.OrdinalIgnoreCase);

    private static string Wrong(string name, string example) =>
        $"Wix:Events:{name} must be a path of letters, digits, -, ., _ and ~, without parameters and without a slash at its end: "
        + $"{example}.";
}
