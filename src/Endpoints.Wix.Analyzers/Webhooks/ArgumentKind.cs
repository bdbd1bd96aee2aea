namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Specifies where an argument of a handler comes from.</summary>
internal enum ArgumentKind
{
    /// <summary>The event.</summary>
    Event,

    /// <summary>The token that is canceled when the application stops waiting.</summary>
    Cancellation,

    /// <summary>A service.</summary>
    Service,
}
