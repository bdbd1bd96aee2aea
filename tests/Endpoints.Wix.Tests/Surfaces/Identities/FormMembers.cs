using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>Parameters of a handler, one of which is bound from a form.</summary>
public sealed record FormMembers<T>([FromForm] Bag<T>? Carrier);
