using System.ComponentModel;
using System.Text.Json.Nodes;
using Endpoints.Wix.Webhooks;

namespace Endpoints.Wix;

/// <summary>Represents a call of a service plugin by Wix: what goes along with every request.</summary>
public sealed class WixPluginCall
{
    private WixPluginCall(string text)
    {
        var data = new WireObject(StrictJson.Object(text, "call"), "call");
        Metadata = data.Object("metadata") ?? throw new FormatException("Wix's call has no 'metadata'.");
        Request = data.Object("request") ?? [];
        var metadata = new WireObject(Metadata, "metadata");
        ExtensionType = metadata.Id("appExtensionType") ?? throw new FormatException("Wix's call has no 'appExtensionType'.");
        InstanceId = metadata.Id("instanceId") ?? throw new FormatException("Wix's call has no 'instanceId'.");
        RequestId = metadata.Id("requestId");
        Identity = metadata.Object("identity") is { } identity
            ? WixEventIdentity.Read(new(identity, "identity")) : WixEventIdentity.Unknown;
        Currency = metadata.Text("currency");
        Languages = metadata.Texts("languages");
    }

    /// <summary>Gets the type of the plugin, such as <c>ECOM_SHIPPING_RATES</c>.</summary>
    public string ExtensionType { get; }

    /// <summary>Gets the app instance that is called.</summary>
    public string InstanceId { get; }

    /// <summary>Gets the identifier of the call, to quote to Wix's support; <see langword="null"/> if Wix sent none.</summary>
    public string? RequestId { get; }

    /// <summary>Gets the identity that caused the call, such as the visitor at the checkout.</summary>
    public WixEventIdentity Identity { get; }

    /// <summary>Gets the currency to answer in, such as <c>EUR</c>; <see langword="null"/> if Wix sent none.</summary>
    public string? Currency { get; }

    /// <summary>Gets the languages to answer in, the preferred one first.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Gets the JSON of what goes along with the request, for what the properties don't know.</summary>
    public JsonObject Metadata { get; }

    /// <summary>Gets the JSON of the request.</summary>
    public JsonObject Request { get; }

    /// <summary>Makes a call from the <c>data</c> claim. The signature must have been verified.</summary>
    /// <param name="data">The claim's JSON.</param>
    /// <returns>The call.</returns>
    /// <exception cref="FormatException">The claim is malformed, too deep or too long.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static WixPluginCall Parse(string data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data);
    }

    /// <summary>Returns the type of the plugin and the identifier of the call, and nothing of what it says.</summary>
    public override string ToString() => RequestId is null ? ExtensionType : $"{ExtensionType} {RequestId}";
}
