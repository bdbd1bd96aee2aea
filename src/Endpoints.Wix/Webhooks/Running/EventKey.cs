using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Provides the key of an event, which is the same each time that Wix delivers it.</summary>
internal static class EventKey
{
    /// <summary>Returns the key, which is no longer than a store can keep.</summary>
    /// <param name="received">The event.</param>
    /// <param name="issuedAt">
    /// The time at which its token was issued. An older event has no id, and what it says may happen twice: what is equal is the same event
    /// only if it was issued at the same time.
    /// </param>
    public static string Of(WixEvent received, DateTimeOffset? issuedAt) => received.Id is { } id
        ? Shortened($"{received.InstanceId}/{id}".ToLowerInvariant())
        : Hash(string.Create(CultureInfo.InvariantCulture, $"{issuedAt?.ToUnixTimeSeconds()}\n{received.Text}"));

    /// <summary>
    /// Returns the key of what the event is about, within which handlers keep an order; <see langword="null"/> if it is about nothing.
    /// </summary>
    public static string? OfEntity(WixEvent received) => received.EntityId is { Length: > 0 } entity
        ? Shortened($"{received.InstanceId}/{received.EntityFqdn}/{entity}") : null;

    private static string Shortened(string name) => name.Length <= InboxMessage.MaxNameLength ? name : Hash(name);

    private static string Hash(string text) => "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
