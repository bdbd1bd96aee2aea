using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Elevation;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Represents a handler, and that under which its calls are made and recorded.</summary>
internal sealed record RegisteredHandler(WixEventRegistration Registration, GuardedEndpoint Guarded);
