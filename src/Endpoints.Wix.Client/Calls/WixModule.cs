using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>One of Wix's business APIs, spoken to under one identity.</summary>
/// <remarks>
/// As a handler's parameter a module speaks for the caller. <c>WixAuth.Elevate</c> makes one of its methods speak for the app;
/// <c>ElevatedWixClient</c> has modules that do so throughout.
/// </remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<WixModule>))]
public abstract class WixModule
{
    private protected WixModule(WixChannel channel) => Channel = channel;

    private protected WixChannel Channel { get; }

    /// <summary>The same module under another identity.</summary>
    internal WixModule As(WixIdentity identity) => On(Channel.As(identity));

    private protected abstract WixModule On(WixChannel channel);
}
