using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>Parameters of a handler, one of which is bound from the body.</summary>
public sealed record BodyMembers<T>([FromBody] Carrier<T>? Carrier);
