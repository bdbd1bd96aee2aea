using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Endpoints.Wix;

/// <summary>Represents a collection whose items are read and written as a type.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class TypedItems<T>
{
    private readonly DataItems _items;
    private readonly string _id;
    private readonly JsonTypeInfo<T> _type;

    internal TypedItems(DataItems items, string id, JsonTypeInfo<T> type) => (_items, _id, _type) = (items, id, type);

    /// <summary>Reads an item.</summary>
    /// <param name="itemId">The item's id.</param>
    /// <param name="consistentRead">Whether to read what was written last.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item; the type's default when there is none.</returns>
    [CallsWix(DataItems.Calls.Get)]
    public async Task<T?> GetAsync(string itemId, bool consistentRead = false, CancellationToken cancellationToken = default) =>
        await _items.GetAsync(_id, itemId, consistentRead, cancellationToken).ConfigureAwait(false) is { } item ? item.As(_type) : default;

    /// <summary>Reads what a query finds on its page.</summary>
    /// <param name="query">Says what is wanted; everything for <see langword="null"/>.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    [CallsWix(DataItems.Calls.Query)]
    public async Task<IReadOnlyList<T>> QueryAsync(Func<DataQuery, DataQuery>? query = null,
        CancellationToken cancellationToken = default) =>
        [.. (await Query(query).FindAsync(cancellationToken).ConfigureAwait(false)).Items.Select(item => item.As(_type))];

    /// <summary>Reads all that a query finds, page by page.</summary>
    /// <param name="query">Says what is wanted; everything for <see langword="null"/>.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    [CallsWix(DataItems.Calls.Query)]
    public async IAsyncEnumerable<T> AllAsync(Func<DataQuery, DataQuery>? query = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in Query(query).AllAsync(cancellationToken).ConfigureAwait(false))
            yield return item.As(_type);
    }

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item as it is in the collection.</returns>
    [CallsWix(DataItems.Calls.Insert)]
    public async Task<T> InsertAsync(T item, CancellationToken cancellationToken = default) =>
        (await _items.InsertAsync(_id, DataItem.Of(item, _type), cancellationToken).ConfigureAwait(false)).As(_type);

    /// <summary>
    /// Replaces an item. Fields that the type doesn't have are gone: <see cref="DataItems.PatchAsync"/> changes single fields.
    /// </summary>
    /// <param name="item">The item, with its id in <c>_id</c>.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item as it is in the collection.</returns>
    [CallsWix(DataItems.Calls.Update)]
    public async Task<T> UpdateAsync(T item, CancellationToken cancellationToken = default) =>
        (await _items.UpdateAsync(_id, DataItem.Of(item, _type), cancellationToken).ConfigureAwait(false)).As(_type);

    /// <summary>Adds an item, or replaces the one with its id.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item as it is in the collection.</returns>
    [CallsWix(DataItems.Calls.Save)]
    public async Task<T> SaveAsync(T item, CancellationToken cancellationToken = default) =>
        (await _items.SaveAsync(_id, DataItem.Of(item, _type), cancellationToken).ConfigureAwait(false)).As(_type);

    private DataQuery Query(Func<DataQuery, DataQuery>? query) => query is null ? _items.Query(_id) : query(_items.Query(_id));
}
