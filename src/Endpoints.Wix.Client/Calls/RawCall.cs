using System.Runtime.ExceptionServices;
using Endpoints.Shared.CallPatterns;
using Endpoints.Wix.Http;

namespace Endpoints.Wix.Calls;

/// <summary>Calls of methods that no module has: what they are is said by whoever makes them, and checked.</summary>
internal static class RawCall
{
    /// <summary>Makes a call. One with a body is sent once, whatever Wix answers.</summary>
    /// <param name="channel">As whom.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path and query string.</param>
    /// <param name="content">The body, which is read whole before anything is sent; null for none.</param>
    /// <param name="wishes">What is said of the answer that is wanted.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="ArgumentException">The method isn't one of Wix's API, the path can be read differently, or the body has headers
    /// that are not about it.</exception>
    public static ValueTask<WixAnswer> SendAsync(
        WixChannel channel, HttpMethod method, string path, HttpContent? content, IReadOnlyList<WixHeader> wishes, CancellationToken ct)
    {
        if (!CallPattern.IsMethod(method.Method) || method.Method is "CONNECT" or "TRACE")
            throw new ArgumentException("The value is not an HTTP method of Wix's API. Write methods in capital letters.", nameof(method));
        if (content?.Headers.FirstOrDefault(static header => !IsOfContent(header.Key)).Key is { } foreign)
            throw new ArgumentException(
                $"The content has the header {foreign}, which belongs to the request. Only content headers are sent.",
                nameof(content));
        var url = channel.AddressOf(path);
        // The address has the path as it is written.
        var template = path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? path[..query] : path;
        var call = new WixCall(method, template, path,
            IsRepeatable: content is null && (method == HttpMethod.Get || method == HttpMethod.Head)) { Address = url, Wishes = wishes };
        return content is null ? channel.FetchAsync(call, content: null, ct) : SendAsync(channel, call, content, ct);
    }

    private static async ValueTask<WixAnswer> SendAsync(WixChannel channel, WixCall call, HttpContent content, CancellationToken ct)
    {
        await TakeAsync(content, ct).ConfigureAwait(false);
        return await channel.FetchAsync(call, () => content, ct).ConfigureAwait(false);
    }

    // What is no header of the framework's goes out as it stands: another method, another address, another site.
    private static bool IsOfContent(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Expires", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Last-Modified", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a body before anything is sent: one that comes from a client, slowly or not to its end, is not Wix's failure and must not
    /// count as one.
    /// </summary>
    private static async Task TakeAsync(HttpContent content, CancellationToken ct)
    {
        try
        {
            await content.LoadIntoBufferAsync(ct).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause); // as whoever reads the body elsewhere gets it
        }

        content.Headers.ContentLength = null; // what it is, and not what somebody promised
    }
}
