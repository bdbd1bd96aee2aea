using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Events;

/// <summary>Builds the claims of webhooks and service plugin calls.</summary>
internal static class EventPayload
{
    /// <summary>Builds the claims of a webhook: JSON in a string, in a string, in the <c>data</c> claim.</summary>
    public static JsonObject Webhook(EmulatedEvent what, EmulatedSigningOptions options, DateTimeOffset now)
    {
        var said = what.Member is null ? what.Content : new JsonObject
        {
            ["id"] = what.EventId,
            ["entityFqdn"] = what.EntityFqdn,
            ["slug"] = what.Slug,
            ["entityId"] = what.EntityId,
            ["eventTime"] = Dates.Text(what.EventTime ?? now),
            [what.Member] = what.Content.DeepClone(),
        };
        var data = new JsonObject { ["eventType"] = what.EventType };
        if (options.InstanceId is not null)
            data["instanceId"] = options.InstanceId;
        data["identity"] = Identity(what.Identity, options.App).ToJsonString();
        data["data"] = said.ToJsonString();
        return Claims(data.ToJsonString(), options, now);
    }

    /// <summary>Builds the claims of a service plugin call, whose <c>data</c> claim is an object.</summary>
    public static JsonObject ServicePlugin(string appExtensionType, JsonObject request, EmulatedIdentity identity,
        EmulatedSigningOptions options, DateTimeOffset now)
    {
        var metadata = new JsonObject
        {
            ["appExtensionType"] = appExtensionType,
            ["requestId"] = Guid.NewGuid().ToString(),
            ["identity"] = Identity(identity, options.App),
            ["currency"] = "EUR",
            ["languages"] = new JsonArray("en"),
        };
        if (options.InstanceId is not null)
            metadata["instanceId"] = options.InstanceId;
        return Claims(new JsonObject { ["metadata"] = metadata, ["request"] = request.DeepClone() }, options, now);
    }

    private static JsonObject Claims(JsonNode data, EmulatedSigningOptions options, DateTimeOffset now)
    {
        var signedAt = (now - options.Age).ToUnixTimeSeconds();
        var claims = new JsonObject { ["data"] = data, ["iat"] = signedAt };
        if (options.Lifetime is { } lifetime)
            claims["exp"] = signedAt + (long)lifetime.TotalSeconds;
        if (options.Issuer is not null)
            claims["iss"] = options.Issuer;
        if (options.Audience is not null)
            claims["aud"] = options.Audience;
        return claims;
    }

    private static JsonObject Identity(EmulatedIdentity identity, EmulatedApp app)
    {
        var (type, member) = identity.Kind switch
        {
            EmulatedIdentityKind.Visitor => ("ANONYMOUS_VISITOR", "anonymousVisitorId"),
            EmulatedIdentityKind.Member => ("MEMBER", "memberId"),
            EmulatedIdentityKind.User => ("WIX_USER", "wixUserId"),
            EmulatedIdentityKind.App => ("APP", "appId"),
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{identity.Kind} causes no events.")),
        };
        return new() { ["identityType"] = type, [member] = identity.Id ?? app.ClientId };
    }
}
