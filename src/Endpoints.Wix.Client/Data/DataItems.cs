using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Endpoints.Wix.Data;

namespace Endpoints.Wix;

/// <summary>
/// Represents the items of the site's collections (CMS). What a caller may do with them is up to each collection's own permissions.
/// </summary>
/// <remarks>
/// Mirrors <c>items</c> of <c>@wix/data</c>. Fields have their names there: <c>_id</c>, <c>_owner</c>, <c>_createdDate</c>,
/// <c>_updatedDate</c>, and those of the collection.
/// </remarks>
public class DataItems : WixModule, IWixModule<DataItems>
{
    private const string Root = "/wix-data/v2";
    private const string NoItem = "WDE0073";
    private const int MostAtOnce = 1000;

    private static readonly WixSerializer<DataItem> OneItem = WixAnswers.Member("dataItem", DataItemKind.Instance);
    private static readonly WixSerializer<JsonObject> Whole = new JsonAnswerSerializer();

    private DataItems(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>Initializes a mock, which calls nothing.</summary>
    protected DataItems()
    {
    }

    static DataItems IWixModule<DataItems>.Create(WixChannel channel) => new(channel);

    /// <summary>Begins a query.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <exception cref="ArgumentException"><paramref name="collectionId"/> is empty.</exception>
    public virtual DataQuery Query(string collectionId) => new(this, new(Demanded(collectionId)));

    /// <summary>Begins a calculation over a collection's items.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <exception cref="ArgumentException"><paramref name="collectionId"/> is empty.</exception>
    public virtual DataAggregate Aggregate(string collectionId) => new(this, Demanded(collectionId));

    /// <summary>Gets a collection whose items are read and written as a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="typeInfo">The type's metadata, such as a property of a <c>JsonSerializerContext</c>. Points in time need
    /// <see cref="DataDateConverter"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="collectionId"/> is empty.</exception>
    public virtual TypedItems<T> Typed<T>(string collectionId, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new(this, Demanded(collectionId), typeInfo);
    }

    /// <summary>Reads an item.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="itemId">The item's id.</param>
    /// <param name="consistentRead">Whether to read what was written last.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item; <see langword="null"/> when there is none.</returns>
    /// <exception cref="ArgumentException">An id is empty, or can't be one.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer.</exception>
    [CallsWix(Calls.Get)]
    public virtual async Task<DataItem?> GetAsync(string collectionId, string itemId, bool consistentRead = false,
        CancellationToken cancellationToken = default)
    {
        var arguments = new WixArguments(itemId).Query("dataCollectionId", Demanded(collectionId))
            .Query("consistentRead", consistentRead ? "true" : null);
        try
        {
            return await SendAsync(Operations.Get, arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (WixApiException e) when (e is { Status: HttpStatusCode.NotFound, ApplicationErrorCode: NoItem })
        {
            return null;
        }
    }

    /// <summary>Adds an item.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="item">The item. Wix makes an id for one without.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item as it is in the collection.</returns>
    /// <exception cref="WixApiException">Wix refused the call: with 409 when there is such an item already.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; the item may have been added.</exception>
    [CallsWix(Calls.Insert)]
    public virtual Task<DataItem> InsertAsync(string collectionId, DataItem item, CancellationToken cancellationToken = default) =>
        SendAsync(Operations.Insert, One(collectionId, item), null, cancellationToken);

    /// <summary>Replaces an item. Fields that are not in it are gone: <see cref="PatchAsync"/> changes single fields.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="item">The whole item, with its id.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item as it is in the collection.</returns>
    /// <exception cref="ArgumentException">The item has no id.</exception>
    /// <exception cref="WixApiException">Wix refused the call: with 404 when there is no such item.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; the item may have been replaced.</exception>
    [CallsWix(Calls.Update)]
    public virtual Task<DataItem> UpdateAsync(string collectionId, DataItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (string.IsNullOrEmpty(item.Id))
            throw new ArgumentException("The item has no id.", nameof(item));
        return SendAsync(Operations.Update, One(collectionId, item), null, cancellationToken);
    }

    /// <summary>Adds an item, or replaces the one with its id.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="item">The whole item.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item as it is in the collection.</returns>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; the item may have been saved.</exception>
    [CallsWix(Calls.Save)]
    public virtual Task<DataItem> SaveAsync(string collectionId, DataItem item, CancellationToken cancellationToken = default) =>
        SendAsync(Operations.Save, One(collectionId, item), null, cancellationToken);

    /// <summary>Changes single fields of an item.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="itemId">The item's id.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item as it is in the collection.</returns>
    /// <exception cref="ArgumentException">An id is empty, or the patch changes nothing.</exception>
    /// <exception cref="WixApiException">Wix refused the call: with 404 when there is no such item.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; the changes may have been made.</exception>
    [CallsWix(Calls.Patch)]
    public virtual Task<DataItem> PatchAsync(string collectionId, string itemId, DataPatch patch,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(itemId);
        ArgumentNullException.ThrowIfNull(patch);
        return SendAsync(Operations.Patch, Request(collectionId, "patch", patch.Json(itemId)), null, cancellationToken);
    }

    /// <summary>Removes an item.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="itemId">The item's id.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item as it was.</returns>
    /// <exception cref="ArgumentException">An id is empty.</exception>
    /// <exception cref="WixApiException">Wix refused the call: with 404 when there is no such item.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; the item may have been removed.</exception>
    [CallsWix(Calls.Remove)]
    public virtual Task<DataItem> RemoveAsync(string collectionId, string itemId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(itemId);
        return SendAsync(Operations.Remove, Request(collectionId, "dataItemId", itemId), null, cancellationToken);
    }

    /// <summary>Adds many items.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="items">The items, at most 1,000.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; items may have been added.</exception>
    [CallsWix(Calls.BulkInsert)]
    public virtual Task<IReadOnlyList<DataBulkResult>> BulkInsertAsync(string collectionId, IEnumerable<DataItem> items,
        CancellationToken cancellationToken = default) =>
        BulkAsync(Operations.BulkInsert, collectionId, "dataItems", items.Select(DataItemKind.Instance.Write), cancellationToken);

    /// <summary>Replaces many items, each whole.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="items">The items with their ids, at most 1,000.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; items may have been replaced.</exception>
    [CallsWix(Calls.BulkUpdate)]
    public virtual Task<IReadOnlyList<DataBulkResult>> BulkUpdateAsync(string collectionId, IEnumerable<DataItem> items,
        CancellationToken cancellationToken = default) =>
        BulkAsync(Operations.BulkUpdate, collectionId, "dataItems", items.Select(DataItemKind.Instance.Write), cancellationToken);

    /// <summary>Adds or replaces many items.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="items">The items, at most 1,000.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; items may have been saved.</exception>
    [CallsWix(Calls.BulkSave)]
    public virtual Task<IReadOnlyList<DataBulkResult>> BulkSaveAsync(string collectionId, IEnumerable<DataItem> items,
        CancellationToken cancellationToken = default) =>
        BulkAsync(Operations.BulkSave, collectionId, "dataItems", items.Select(DataItemKind.Instance.Write), cancellationToken);

    /// <summary>Removes many items.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="itemIds">The ids of the items, at most 1,000.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; items may have been removed.</exception>
    [CallsWix(Calls.BulkRemove)]
    public virtual Task<IReadOnlyList<DataBulkResult>> BulkRemoveAsync(string collectionId, IEnumerable<string> itemIds,
        CancellationToken cancellationToken = default) =>
        BulkAsync(Operations.BulkRemove, collectionId, "dataItemIds", itemIds.Select(static JsonNode? (id) => JsonValue.Create(id)),
            cancellationToken);

    /// <summary>Makes the same changes to many items.</summary>
    /// <param name="collectionId">The collection's id.</param>
    /// <param name="itemIds">The ids of the items, at most 1,000.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="ArgumentException">There are none, or too many, or the patch changes nothing.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; changes may have been made.</exception>
    [CallsWix(Calls.BulkPatch)]
    public virtual Task<IReadOnlyList<DataBulkResult>> BulkPatchAsync(string collectionId, IEnumerable<string> itemIds, DataPatch patch,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return BulkAsync(Operations.BulkPatch, collectionId, "patches", itemIds.Select(patch.Json), cancellationToken);
    }

    /// <summary>Adds references to a field of an item.</summary>
    /// <param name="collectionId">The id of the referring item's collection.</param>
    /// <param name="field">The name of the reference field.</param>
    /// <param name="itemId">The referring item's id.</param>
    /// <param name="referencedItemIds">The ids of the items that are referred to.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="ArgumentException">A name or an id is none.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; references may have been added.</exception>
    [CallsWix(Calls.InsertReferences)]
    public virtual Task<IReadOnlyList<DataBulkResult>> InsertReferencesAsync(
        string collectionId, string field, string itemId, IEnumerable<string> referencedItemIds,
        CancellationToken cancellationToken = default) =>
        BulkAsync(Operations.InsertReferences, collectionId, "dataItemReferences", References(field, itemId, referencedItemIds),
            cancellationToken);

    /// <summary>Removes references from a field of an item.</summary>
    /// <param name="collectionId">The id of the referring item's collection.</param>
    /// <param name="field">The name of the reference field.</param>
    /// <param name="itemId">The referring item's id.</param>
    /// <param name="referencedItemIds">The ids of the items that are referred to.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="ArgumentException">A name or an id is none.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; references may have been removed.</exception>
    [CallsWix(Calls.RemoveReferences)]
    public virtual Task<IReadOnlyList<DataBulkResult>> RemoveReferencesAsync(
        string collectionId, string field, string itemId, IEnumerable<string> referencedItemIds,
        CancellationToken cancellationToken = default) =>
        BulkAsync(Operations.RemoveReferences, collectionId, "dataItemReferences", References(field, itemId, referencedItemIds),
            cancellationToken);

    /// <summary>Replaces all references of a field of an item.</summary>
    /// <param name="collectionId">The id of the referring item's collection.</param>
    /// <param name="field">The name of the reference field.</param>
    /// <param name="itemId">The referring item's id.</param>
    /// <param name="referencedItemIds">The ids of the items that are referred to from now on.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="ArgumentException">A name or an id is none.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer; references may have been replaced.</exception>
    [CallsWix(Calls.ReplaceReferences)]
    public virtual Task ReplaceReferencesAsync(
        string collectionId, string field, string itemId, IEnumerable<string> referencedItemIds,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(referencedItemIds);
        var request = Reference(collectionId, field, itemId);
        request["newReferencedItemIds"] = new JsonArray([.. referencedItemIds.Select(static id => JsonValue.Create(id))]);
        return SendAsync(Operations.ReplaceReferences, request, null, cancellationToken);
    }

    /// <summary>Determines whether an item refers to another.</summary>
    /// <param name="collectionId">The id of the referring item's collection.</param>
    /// <param name="field">The name of the reference field.</param>
    /// <param name="itemId">The referring item's id.</param>
    /// <param name="referencedItemId">The id of the item that may be referred to.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="ArgumentException">A name or an id is none.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer.</exception>
    [CallsWix(Calls.IsReferenced)]
    public virtual Task<bool> IsReferencedAsync(string collectionId, string field, string itemId, string referencedItemId,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(referencedItemId);
        var request = Reference(collectionId, field, itemId);
        request["referencedItemId"] = referencedItemId;
        return SendAsync(Operations.IsReferenced, request, null, cancellationToken);
    }

    /// <summary>Reads the items to which an item refers.</summary>
    /// <param name="collectionId">The id of the referring item's collection.</param>
    /// <param name="field">The name of the reference field.</param>
    /// <param name="itemId">The referring item's id.</param>
    /// <param name="limit">The maximum number of items on the page, from 1 to 1,000. Wix's default is 50.</param>
    /// <param name="skip">The number of items before the page.</param>
    /// <param name="consistentRead">Whether to read what was written last.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page, without those items that are no longer there. It has the number of all references.</returns>
    /// <exception cref="ArgumentException">A name or an id is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> or <paramref name="skip"/> is out of range.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer.</exception>
    [CallsWix(Calls.QueryReferenced)]
    public virtual async Task<DataPage> QueryReferencedAsync(string collectionId, string field, string itemId, int? limit = null,
        int skip = 0, bool consistentRead = false, CancellationToken cancellationToken = default)
    {
        if (limit is < 1 or > DataQuery.MostOfAPage)
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"Pass 1 to {DataQuery.MostOfAPage}.");
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        var request = Reference(collectionId, field, itemId);
        request["order"] = "ASC";
        if (limit is not null || skip > 0)
            request["paging"] = DataQueryText.Page(limit, skip);
        request["returnTotalCount"] = true;
        if (consistentRead)
            request["consistentRead"] = true;
        var answer = await SendAsync(Operations.QueryReferenced, request, null, cancellationToken).ConfigureAwait(false);
        // A reference to an item that is gone comes without an item.
        var items = (answer["results"] as JsonArray)?.Select(static result => (result as JsonObject)?["dataItem"]).OfType<JsonObject>();
        return Page(answer, items);
    }

    internal async Task<DataPage> FindAsync(JsonObject request, CancellationToken ct)
    {
        var answer = await SendAsync(Operations.Query, request, null, ct).ConfigureAwait(false);
        return Page(answer, answer["dataItems"] as JsonArray);
    }

    internal async Task<IReadOnlyList<DataItem>> AggregateAsync(JsonObject request, CancellationToken ct)
    {
        var answer = await SendAsync(Operations.Aggregate, request, null, ct).ConfigureAwait(false);
        return [.. (answer["results"] as JsonArray ?? []).OfType<JsonObject>().Select(static result => new DataItem(result))];
    }

    private static DataPage Page(JsonObject answer, IEnumerable<JsonNode?>? items)
    {
        var paging = answer["pagingMetadata"] as JsonObject;
        return new([.. items?.Select(static node => DataItemKind.Instance.Read(node!, "dataItems")) ?? []],
            paging?["total"] is { } total ? WixKinds.Whole.Read(total, "total") : null,
            (paging?["cursors"] as JsonObject)?["next"]?.ToString() is { Length: > 0 } next ? next : null);
    }

    internal Task<long> CountAsync(JsonObject request, CancellationToken ct) => SendAsync(Operations.Count, request, null, ct);

    internal Task<IList<JsonNode>> DistinctAsync(JsonObject request, CancellationToken ct) =>
        SendAsync(Operations.Distinct, request, null, ct);

    private async Task<IReadOnlyList<DataBulkResult>> BulkAsync(
        WixOperation<JsonObject, JsonObject> operation, string collectionId, string member, IEnumerable<JsonNode?> items,
        CancellationToken ct)
    {
        var list = new JsonArray([.. items]);
        if (list.Count is 0 or > MostAtOnce)
            throw new ArgumentException($"There are {list.Count} items. Pass 1 to {MostAtOnce}.", nameof(items));
        var answer = await SendAsync(operation, Request(collectionId, member, list), null, ct).ConfigureAwait(false);
        return [.. (answer["results"] as JsonArray ?? []).OfType<JsonObject>().Select(Result)];
    }

    private static DataBulkResult Result(JsonObject result, int place)
    {
        // References have their metadata in a member of another name.
        var metadata = (result["itemMetadata"] ?? result["dataItemReferenceMetadata"] ?? result["metadata"]) as JsonObject;
        return new(
            metadata?["originalIndex"] is { } index ? (int)WixKinds.Whole.Read(index, "originalIndex") : place,
            metadata?["id"]?.ToString(),
            metadata?["success"] is not { } success || WixKinds.Flag.Read(success, "success"),
            (metadata?["error"] as JsonObject)?["code"]?.ToString());
    }

    private static JsonObject One(string collectionId, DataItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Request(collectionId, "dataItem", DataItemKind.Instance.Write(item));
    }

    private static JsonObject Request(string collectionId, string member, JsonNode value) =>
        new() { ["dataCollectionId"] = Demanded(collectionId), [member] = value };

    private static JsonObject Reference(string collectionId, string field, string itemId)
    {
        ArgumentException.ThrowIfNullOrEmpty(itemId);
        var request = Request(collectionId, "referringItemFieldName", FieldName.Demand(field, nameof(field)));
        request["referringItemId"] = itemId;
        return request;
    }

    private static IEnumerable<JsonNode?> References(string field, string itemId, IEnumerable<string> referencedItemIds)
    {
        ArgumentException.ThrowIfNullOrEmpty(itemId);
        ArgumentNullException.ThrowIfNull(referencedItemIds);
        FieldName.Demand(field, nameof(field));
        return referencedItemIds.Select(
            JsonNode? (id) =>
                new JsonObject { ["referringItemFieldName"] = field, ["referringItemId"] = itemId, ["referencedItemId"] = id });
    }

    private static string Demanded(string collectionId)
    {
        ArgumentException.ThrowIfNullOrEmpty(collectionId);
        return collectionId;
    }

    /// <summary>Provides the operations that the module's methods are calls of.</summary>
    public static class Operations
    {
        /// <summary>Gets the query.</summary>
        public static WixOperation<JsonObject, JsonObject> Query { get; } = new(HttpMethod.Post, $"{Root}/items/query", WixAnswers.Request,
            Whole) { IsRepeatable = true };

        /// <summary>Gets the count.</summary>
        public static WixOperation<JsonObject, long> Count { get; } =
            new(HttpMethod.Post, $"{Root}/items/count", WixAnswers.Request,
                WixAnswers.Member("totalCount", WixKinds.Whole)) { IsRepeatable = true };

        /// <summary>Gets the query of a field's different values.</summary>
        public static WixOperation<JsonObject, IList<JsonNode>> Distinct { get; } =
            new(HttpMethod.Post, $"{Root}/items/query-distinct-values", WixAnswers.Request,
                WixAnswers.List("distinctValues", WixKinds.Any)) { IsRepeatable = true };

        /// <summary>Gets the calculation.</summary>
        public static WixOperation<JsonObject, JsonObject> Aggregate { get; } =
            new(HttpMethod.Post, $"{Root}/items/aggregate", WixAnswers.Request, Whole) { IsRepeatable = true };

        /// <summary>Gets the read of one item.</summary>
        public static WixOperation<DataItem> Get { get; } = new(HttpMethod.Get, $"{Root}/items/{{id}}", OneItem);

        /// <summary>Gets the insert.</summary>
        public static WixOperation<JsonObject, DataItem> Insert { get; } =
            new(HttpMethod.Post, $"{Root}/items", WixAnswers.Request, OneItem);

        /// <summary>Gets the update.</summary>
        public static WixOperation<JsonObject, DataItem> Update { get; } = new(HttpMethod.Post, $"{Root}/items/update", WixAnswers.Request,
            OneItem);

        /// <summary>Gets the save.</summary>
        public static WixOperation<JsonObject, DataItem> Save { get; } = new(HttpMethod.Post, $"{Root}/items/save", WixAnswers.Request,
            OneItem);

        /// <summary>Gets the patch.</summary>
        public static WixOperation<JsonObject, DataItem> Patch { get; } = new(HttpMethod.Post, $"{Root}/items/patch", WixAnswers.Request,
            OneItem);

        /// <summary>Gets the removal.</summary>
        public static WixOperation<JsonObject, DataItem> Remove { get; } = new(HttpMethod.Post, $"{Root}/items/remove", WixAnswers.Request,
            OneItem);

        /// <summary>Gets the insert of many.</summary>
        public static WixOperation<JsonObject, JsonObject> BulkInsert { get; } = Bulk("insert");

        /// <summary>Gets the update of many.</summary>
        public static WixOperation<JsonObject, JsonObject> BulkUpdate { get; } = Bulk("update");

        /// <summary>Gets the save of many.</summary>
        public static WixOperation<JsonObject, JsonObject> BulkSave { get; } = Bulk("save");

        /// <summary>Gets the removal of many.</summary>
        public static WixOperation<JsonObject, JsonObject> BulkRemove { get; } = Bulk("remove");

        /// <summary>Gets the patch of many.</summary>
        public static WixOperation<JsonObject, JsonObject> BulkPatch { get; } = Bulk("patch");

        /// <summary>Gets the insert of references.</summary>
        public static WixOperation<JsonObject, JsonObject> InsertReferences { get; } = Bulk("insert-references");

        /// <summary>Gets the removal of references.</summary>
        public static WixOperation<JsonObject, JsonObject> RemoveReferences { get; } = Bulk("remove-references");

        /// <summary>Gets the replacement of references.</summary>
        public static WixOperation<JsonObject, WixEmpty> ReplaceReferences { get; } =
            new(HttpMethod.Post, $"{Root}/items/replace-references", WixAnswers.Request, WixSerializer.Empty);

        /// <summary>Gets the query of the items to which an item refers.</summary>
        public static WixOperation<JsonObject, JsonObject> QueryReferenced { get; } =
            new(HttpMethod.Post, $"{Root}/items/query-referenced", WixAnswers.Request, Whole) { IsRepeatable = true };

        /// <summary>Gets the question whether there is a reference.</summary>
        public static WixOperation<JsonObject, bool> IsReferenced { get; } =
            new(HttpMethod.Post, $"{Root}/items/is-referenced", WixAnswers.Request,
                WixAnswers.Member("isReferenced", WixKinds.Flag)) { IsRepeatable = true };

        private static WixOperation<JsonObject, JsonObject> Bulk(string what) =>
            new(HttpMethod.Post, $"{Root}/bulk/items/{what}", WixAnswers.Request, Whole);
    }

    /// <summary>Provides the module's calls as <c>Only</c> takes them, which limits elevation to what it names.</summary>
    public static class Calls
    {
        /// <summary>The call of <see cref="Operations.Query"/>.</summary>
        public const string Query = $"POST {Root}/items/query";

        /// <summary>The call of <see cref="Operations.Count"/>.</summary>
        public const string Count = $"POST {Root}/items/count";

        /// <summary>The call of <see cref="Operations.Distinct"/>.</summary>
        public const string Distinct = $"POST {Root}/items/query-distinct-values";

        /// <summary>The call of <see cref="Operations.Aggregate"/>.</summary>
        public const string Aggregate = $"POST {Root}/items/aggregate";

        /// <summary>The call of <see cref="Operations.Get"/>.</summary>
        public const string Get = $"GET {Root}/items/{{id}}";

        /// <summary>The call of <see cref="Operations.Insert"/>.</summary>
        public const string Insert = $"POST {Root}/items";

        /// <summary>The call of <see cref="Operations.Update"/>.</summary>
        public const string Update = $"POST {Root}/items/update";

        /// <summary>The call of <see cref="Operations.Save"/>.</summary>
        public const string Save = $"POST {Root}/items/save";

        /// <summary>The call of <see cref="Operations.Patch"/>.</summary>
        public const string Patch = $"POST {Root}/items/patch";

        /// <summary>The call of <see cref="Operations.Remove"/>.</summary>
        public const string Remove = $"POST {Root}/items/remove";

        /// <summary>The call of <see cref="Operations.BulkInsert"/>.</summary>
        public const string BulkInsert = $"POST {Root}/bulk/items/insert";

        /// <summary>The call of <see cref="Operations.BulkUpdate"/>.</summary>
        public const string BulkUpdate = $"POST {Root}/bulk/items/update";

        /// <summary>The call of <see cref="Operations.BulkSave"/>.</summary>
        public const string BulkSave = $"POST {Root}/bulk/items/save";

        /// <summary>The call of <see cref="Operations.BulkRemove"/>.</summary>
        public const string BulkRemove = $"POST {Root}/bulk/items/remove";

        /// <summary>The call of <see cref="Operations.BulkPatch"/>.</summary>
        public const string BulkPatch = $"POST {Root}/bulk/items/patch";

        /// <summary>The call of <see cref="Operations.InsertReferences"/>.</summary>
        public const string InsertReferences = $"POST {Root}/bulk/items/insert-references";

        /// <summary>The call of <see cref="Operations.RemoveReferences"/>.</summary>
        public const string RemoveReferences = $"POST {Root}/bulk/items/remove-references";

        /// <summary>The call of <see cref="Operations.ReplaceReferences"/>.</summary>
        public const string ReplaceReferences = $"POST {Root}/items/replace-references";

        /// <summary>The call of <see cref="Operations.QueryReferenced"/>.</summary>
        public const string QueryReferenced = $"POST {Root}/items/query-referenced";

        /// <summary>The call of <see cref="Operations.IsReferenced"/>.</summary>
        public const string IsReferenced = $"POST {Root}/items/is-referenced";
    }
}
