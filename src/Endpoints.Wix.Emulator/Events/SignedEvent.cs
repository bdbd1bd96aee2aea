namespace Endpoints.Wix.Emulator.Events;

/// <summary>An event as it is delivered, each time alike.</summary>
internal sealed record SignedEvent(EmulatedEvent Event, string Body);
