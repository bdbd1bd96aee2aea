using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Elevation;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Represents a handler of one app's events, and that under which its calls are made and recorded.</summary>
/// <param name="Name">The name under which the handler's events are stored and recorded.</param>
/// <param name="Registration">The handler.</param>
/// <param name="Guarded">The endpoint under which its calls are made.</param>
internal sealed record RegisteredHandler(string Name, WixEventRegistration Registration, GuardedEndpoint Guarded);
