namespace Endpoints.Wix.Webhooks.Signatures;

/// <summary>Specifies what Wix signs.</summary>
internal enum SignedCallKind
{
    /// <summary>An event. Its <c>data</c> claim is text.</summary>
    Event,

    /// <summary>A call of a service plugin. Its <c>data</c> claim is an object, and it names issuer and audience.</summary>
    Plugin,
}
