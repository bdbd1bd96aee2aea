using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>
/// Holds the data of one site. JSON trees are not thread-safe, so all reading and writing happens inside one lock per site.
/// </summary>
internal sealed class SiteData(JsonObject properties)
{
    private readonly Lock _gate = new();

    public JsonObject Properties { get; } = properties;

    public long PropertiesVersion { get; set; } = 1;

    public Dictionary<string, Collection> Collections { get; } = new(StringComparer.Ordinal);

    public Shelf Products { get; } = new("product");

    public Shelf InventoryItems { get; } = new("inventory item");

    public Shelf Members { get; } = new("member");

    /// <summary>Gets the salted hashes of the members' passwords, by member identifier.</summary>
    public Dictionary<string, string> Passwords { get; } = new(StringComparer.Ordinal);

    public Shelf Bookings { get; } = new("booking");

    public Shelf Orders { get; } = new("order");

    /// <summary>Gets the payments and refunds, by order identifier.</summary>
    public Shelf Transactions { get; } = new("order");

    public Shelf Checkouts { get; } = new("checkout");

    /// <summary>Gets the entities of the services that have no behavior of their own here, by their fully qualified names.</summary>
    public Dictionary<string, Shelf> Others { get; } = new(StringComparer.Ordinal);

    public Shelf Files { get; } = new("file");

    /// <exception cref="ApiException">The collection does not exist: 404.</exception>
    public Collection Collection(string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw ApiException.Violation("dataCollectionId", "must not be empty");
        return Collections.TryGetValue(id, out var collection)
            ? collection
            : throw new ApiException(Answer.Error(404, "WDE0025", $"The collection '{id}' does not exist."));
    }

    /// <summary>Returns the result of <paramref name="read"/>, which must be a copy and not a part of the data.</summary>
    public T Read<T>(Func<SiteData, T> read)
    {
        lock (_gate)
            return read(this);
    }

    public void Write(Action<SiteData> write)
    {
        lock (_gate)
            write(this);
    }
}
