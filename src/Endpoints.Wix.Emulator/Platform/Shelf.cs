using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>
/// Holds the entities of one kind by identifier, in the order in which they were added. Used only inside the site's lock.
/// </summary>
internal sealed class Shelf(string kind)
{
    private const int Capacity = 100_000;

    private readonly OrderedDictionary<string, JsonObject> _entities = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<JsonObject> All => _entities.Values;

    public JsonObject? Find(string? id) => id is null ? null : _entities.GetValueOrDefault(id);

    /// <exception cref="ApiException">The entity does not exist: 404.</exception>
    public JsonObject Get(string? id) => Find(id) ?? throw ApiException.NotFound(kind, id);

    /// <exception cref="ApiException">The shelf is full.</exception>
    public JsonObject Put(string id, JsonObject entity)
    {
        if (_entities.Count >= Capacity && !_entities.ContainsKey(id))
            throw new ApiException(Answer.Error(429, "QUOTA_EXCEEDED", $"The emulator keeps {Capacity} of each kind."));
        _entities[id] = entity;
        return entity;
    }

    public bool Remove(string id) => _entities.Remove(id);

    /// <summary>Returns the entity, if the caller's revision is the current one.</summary>
    /// <exception cref="ApiException">The revision is missing (400) or stale (409).</exception>
    public JsonObject GetAt(string? id, JsonNode? revision, string field)
    {
        if (revision is null)
            throw ApiException.Violation(field, "must not be empty");
        var entity = Get(id);
        CheckRevision(kind, entity, revision, field);
        return entity;
    }

    /// <exception cref="ApiException">The revision is missing (400) or stale (409).</exception>
    public static void CheckRevision(string kind, JsonObject entity, JsonNode? revision, string field)
    {
        if (revision is null)
            throw ApiException.Violation(field, "must not be empty");
        if (!string.Equals((string?)entity["revision"], revision.ToString(), StringComparison.Ordinal))
        {
            throw new ApiException(Answer.Error(
                409,
                "INVALID_REVISION",
                $"The {kind} has been changed since revision {revision}.",
                new() { ["currentRevision"] = entity["revision"]?.DeepClone() }));
        }
    }

    /// <summary>Increments the entity's revision and sets its update date.</summary>
    public static void Touch(JsonObject entity, TimeProvider time)
    {
        var revision = long.Parse((string?)entity["revision"] ?? "0", CultureInfo.InvariantCulture);
        entity["revision"] = (revision + 1).ToString(CultureInfo.InvariantCulture);
        entity["updatedDate"] = Dates.Text(time.GetUtcNow());
    }
}
