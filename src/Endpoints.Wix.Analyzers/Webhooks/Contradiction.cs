using Endpoints.Shared.Collections;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents two classes that can't both be registered.</summary>
/// <param name="Rule">The identifier of the rule.</param>
/// <param name="LeftOut">The class that is left out.</param>
/// <param name="Other">The class that is registered.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record Contradiction(string Rule, WebhookClass LeftOut, WebhookClass Other, EquatableArray<string> Arguments);
