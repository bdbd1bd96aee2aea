using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Provides the base class for all clients of Wix, with a way to call any of its REST methods.</summary>
[JsonConverter(typeof(ServerMadeJsonConverter<WixApiClient>))]
public abstract class WixApiClient
{
    private readonly WixChannel? _channel;
    private Made? _modules;

    private protected WixApiClient(WixChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        _channel = channel;
    }

    private protected WixApiClient()
    {
    }

    /// <summary>
    /// Gets the channel that the client calls through. Not by the name of a constructor's parameter, which serializers of any access would
    /// take for its member.
    /// </summary>
    internal WixChannel OwnChannel => _channel ?? throw MockedCall.Refused(this);

    /// <summary>Gets the same API under another identity.</summary>
    /// <exception cref="InvalidOperationException">This is a mock.</exception>
    internal WixChannel As(WixIdentity identity) => OwnChannel.As(identity);

    /// <summary>
    /// Returns a module that calls Wix as this client. It is created at the first call; later calls return the same module.
    /// </summary>
    /// <typeparam name="TModule">The module, of this package or of any other.</typeparam>
    /// <returns>The module.</returns>
    /// <exception cref="InvalidOperationException">
    /// The module was created with the channel of another client; or this client is a mock that doesn't override this method.
    /// </exception>
    public virtual TModule GetModule<TModule>()
        where TModule : WixModule, IWixModule<TModule>
    {
        var channel = OwnChannel;
        while (true)
        {
            var modules = Volatile.Read(ref _modules);
            for (var made = modules; made is not null; made = made.Before)
            {
                if (made is Made<TModule> found)
                    return found.Module;
            }

            var module = TModule.Create(channel);
            // Another client's would speak for somebody else.
            if (module?.IsOf(channel) != true)
                throw new InvalidOperationException(
                    $"{typeof(TModule).Name}.Create returned a module that wasn't made with the channel it was given.");
            if (Interlocked.CompareExchange(ref _modules, new Made<TModule>(module, modules), modules) == modules)
                return module;
        }
    }

    /// <summary>Calls any of Wix's REST methods. Mirrors <c>fetchWithAuth()</c>: any status is an answer, not an exception.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">
    /// A path and query string on Wix's API host, beginning with <c>/</c>, or the same as an absolute address. Escape what you put in it.
    /// </param>
    /// <param name="content">The body. It is read whole before anything is sent. The call is sent once, whatever Wix answers.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns Wix's answer, whatever its status.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="address"/> is not on Wix's API host, where alone tokens are sent. Or two servers could read its path differently,
    /// because it contains empty segments, segments of dots alone, <c>;</c>, or escaped separators. Or <paramref name="method"/> is not
    /// written in capital letters. Or <paramref name="content"/> has headers that don't describe the body.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The handler or the request has ended.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no request or no elevation, or the elevation does not cover the call; or, with an API key, there is no site to call for.
    /// </exception>
    /// <exception cref="WixApiException">
    /// The caller is not accepted, or no longer accepted: its token has expired, or its session was logged out. Nothing was sent.
    /// </exception>
    /// <exception cref="WixUnavailableException">There was no answer in time, or no token to call with.</exception>
    public virtual async Task<WixResponse> FetchWithAuthAsync(
        HttpMethod method, string address, HttpContent? content = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(address);
        var channel = OwnChannel;
        var path = address;
        if (!address.StartsWith('/'))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var absolute) || !WixAddress.IsOn(channel.Origin, absolute)
                || absolute.UserInfo.Length > 0)
                throw new ArgumentException("The address is not on Wix's API host. Tokens are not sent to other hosts.", nameof(address));
            var origin = absolute.GetLeftPart(UriPartial.Authority);
            path = address.StartsWith(origin, StringComparison.OrdinalIgnoreCase) ? address[origin.Length..] : "";
        }

        return new(default, await RawCall.SendAsync(channel, method, path, content, [], cancellationToken).ConfigureAwait(false));
    }

    // Most requests use one module, some none: neither shall pay for a table.
    private abstract class Made(Made? before)
    {
        public Made? Before { get; } = before;
    }

    private sealed class Made<TModule>(TModule module, Made? before) : Made(before)
    {
        public TModule Module { get; } = module;
    }
}
