namespace Adversary.Tests.Requests;

/// <summary>The transport of a conversation.</summary>
internal enum Wire
{
    /// <summary>HTTP/1.1, byte by byte, all requests in a row on one connection. An upgrade sends the body as text messages.</summary>
    Http1,

    /// <summary>
    /// HTTP/1.1, each request on a connection of its own, one after the other; <c>{{connection}}</c> is what the first answer named.
    /// </summary>
    Steps,

    /// <summary>HTTP/2 by .NET's own client, side by side on one connection.</summary>
    Http2,

    /// <summary>HTTP/2, frame by frame, side by side on one connection.</summary>
    Frames,
}
