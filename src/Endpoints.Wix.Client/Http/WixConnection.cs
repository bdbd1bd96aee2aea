using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Http;

/// <summary>Holds the library's own connections to Wix.</summary>
/// <remarks>
/// Not a client of <c>IHttpClientFactory</c>: what an application sets up for all of its clients (retries, headers, logging, discovery)
/// would reach calls that are promised to be sent once, with one token, to one origin. What is wanted for these calls is said in
/// <see cref="WixClientOptions.HttpHandler"/>, and even that turns on no redirects, cookies or credentials.
/// </remarks>
internal sealed class WixConnection(IOptions<WixClientOptions> options) : IDisposable
{
    // It adds nothing to a request, and has no time limit of its own: each call has one.
    private readonly HttpMessageInvoker _invoker = new(Make(options.Value.HttpHandler), disposeHandler: true);

    /// <summary>Sends a request once.</summary>
    /// <returns>A task that returns the answer, of which only the headers have been read.</returns>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => _invoker.SendAsync(request, ct);

    public void Dispose() => _invoker.Dispose();

    private static HttpMessageHandler Make(Func<SocketsHttpHandler, HttpMessageHandler>? configure)
    {
        var own = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseProxy = false, // HttpClient.DefaultProxy is the whole process's
            // So is the propagator, which would hand on what clients have sent in baggage and tracestate.
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        };
        var made = configure is null ? own : configure(own) ?? throw new InvalidOperationException("Wix:HttpHandler returned no handler.");
        for (var handler = made; handler is not null; handler = (handler as DelegatingHandler)?.InnerHandler)
            Close(handler);
        return made;
    }

    // A redirect could carry a token to another host, and cookies one caller's session to another caller.
    private static void Close(HttpMessageHandler handler)
    {
        // A handler in use takes no changes, not even those that change nothing.
        switch (handler)
        {
            case SocketsHttpHandler { AllowAutoRedirect: false, UseCookies: false, Credentials: null, PreAuthenticate: false }:
            case HttpClientHandler { AllowAutoRedirect: false, UseCookies: false, Credentials: null, UseDefaultCredentials: false,
                PreAuthenticate: false }:
                break;
            case SocketsHttpHandler sockets:
                (sockets.AllowAutoRedirect, sockets.UseCookies, sockets.Credentials, sockets.PreAuthenticate) = (false, false, null, false);
                break;
            case HttpClientHandler client:
                (client.AllowAutoRedirect, client.UseCookies, client.UseDefaultCredentials, client.Credentials, client.PreAuthenticate) =
                    (false, false, false, null, false);
                break;
        }
    }
}
