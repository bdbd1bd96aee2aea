using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Represents one of Wix's business APIs, called under one identity.</summary>
/// <remarks>
/// <para>
/// As a handler's parameter, a module calls Wix as the caller. <c>WixAuth.Elevate</c> returns one of its methods that calls Wix as the app;
/// the modules of <c>ElevatedWixClient</c> call as the app throughout.
/// </para>
/// <para>
/// To write a module, derive from this class and implement <see cref="IWixModule{TSelf}"/>, with one static <see cref="WixOperation"/> for
/// each method. A module has no identity of its own and can't choose one: each of its calls is checked like any other call of its client.
/// <c>WixAuth.Elevate</c> copies a module, so keep nothing in it that depends on the identity.
/// </para>
/// </remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<WixModule>))]
public abstract class WixModule
{
    private WixChannel? _channel;

    /// <summary>Initializes a new instance of the <see cref="WixModule"/> class for a client.</summary>
    /// <param name="channel">The client's channel.</param>
    protected WixModule(WixChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        _channel = channel;
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="WixModule"/> class for mocking.
    /// A mock is an instance of a class derived from a module. It belongs to no client and calls nothing.
    /// </summary>
    /// <exception cref="FormatException">This isn't a mock, but a module that something other than a client creates.</exception>
    protected WixModule()
    {
        if (Array.Exists(GetType().GetInterfaces(),
            face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IWixModule<>)
                && face.GenericTypeArguments[0] == GetType()))
            throw new FormatException(ServerMadeJson.Refusal);
    }

    /// <summary>Calls Wix.</summary>
    /// <typeparam name="TAnswer">The type of the answer.</typeparam>
    /// <param name="operation">The operation.</param>
    /// <param name="arguments">The arguments that go into the address; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">There are more or fewer arguments than the path has parameters, or one can't be part of a
    /// path.</exception>
    /// <exception cref="InvalidOperationException">There is no request, no elevation, or it doesn't cover the call; or this is a
    /// mock.</exception>
    /// <exception cref="ObjectDisposedException">The handler or the request has ended.</exception>
    /// <exception cref="WixApiException">Wix answered with an error, or with something that isn't the operation's answer.</exception>
    /// <exception cref="WixUnavailableException">There was no answer in time, or no token to call with.</exception>
    protected Task<TAnswer> SendAsync<TAnswer>(WixOperation<TAnswer> operation, WixArguments? arguments = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Channel.SendAsync(operation, arguments, cancellationToken);
    }

    /// <summary>Calls Wix with a body.</summary>
    /// <typeparam name="TBody">The type of the body.</typeparam>
    /// <typeparam name="TAnswer">The type of the answer.</typeparam>
    /// <param name="operation">The operation.</param>
    /// <param name="body">The body.</param>
    /// <param name="arguments">The arguments that go into the address; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">There are more or fewer arguments than the path has parameters, or one can't be part of a
    /// path.</exception>
    /// <exception cref="InvalidOperationException">There is no request, no elevation, or it doesn't cover the call; or this is a
    /// mock.</exception>
    /// <exception cref="ObjectDisposedException">The handler or the request has ended.</exception>
    /// <exception cref="WixApiException">Wix answered with an error, or with something that isn't the operation's answer.</exception>
    /// <exception cref="WixUnavailableException">There was no answer in time, or no token to call with.</exception>
    protected Task<TAnswer> SendAsync<TBody, TAnswer>(
        WixOperation<TBody, TAnswer> operation, TBody body, WixArguments? arguments = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(body);
        return Channel.SendAsync(operation, body, arguments, cancellationToken);
    }

    private WixChannel Channel => _channel ?? throw MockedCall.Refused(this);

    /// <summary>
    /// Gets the same module under another identity: a copy, so that nothing that a module does of its own can keep it under the old one.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is a mock.</exception>
    internal WixModule As(WixIdentity identity)
    {
        var channel = Channel.As(identity);
        var copy = (WixModule)MemberwiseClone();
        copy._channel = channel;
        return copy;
    }

    /// <summary>Determines whether the module is one of a client.</summary>
    internal bool IsOf(WixChannel channel) => ReferenceEquals(_channel, channel);
}
