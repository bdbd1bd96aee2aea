using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Endpoints.Wix.Data;

namespace Endpoints.Wix;

/// <summary>
/// Represents a query of a collection. Each method returns a new query; nothing is sent before one of <c>FindAsync</c>, <c>AllAsync</c>,
/// <c>CountAsync</c> and <c>DistinctAsync</c>.
/// </summary>
public sealed class DataQuery
{
    internal const int MostOfAPage = 1000;

    private readonly DataItems _items;
    private readonly DataQueryText _text;

    internal DataQuery(DataItems items, DataQueryText text) => (_items, _text) = (items, text);

    /// <summary>Gets the conditions so far, to combine them with others.</summary>
    public DataFilter Filter => _text.Filter;

    /// <inheritdoc cref="DataFilter.Eq"/>
    public DataQuery Eq(string field, DataValue value) => Where(Filter.Eq(field, value));

    /// <inheritdoc cref="DataFilter.Ne"/>
    public DataQuery Ne(string field, DataValue value) => Where(Filter.Ne(field, value));

    /// <inheritdoc cref="DataFilter.Gt"/>
    public DataQuery Gt(string field, DataValue value) => Where(Filter.Gt(field, value));

    /// <inheritdoc cref="DataFilter.Ge"/>
    public DataQuery Ge(string field, DataValue value) => Where(Filter.Ge(field, value));

    /// <inheritdoc cref="DataFilter.Lt"/>
    public DataQuery Lt(string field, DataValue value) => Where(Filter.Lt(field, value));

    /// <inheritdoc cref="DataFilter.Le"/>
    public DataQuery Le(string field, DataValue value) => Where(Filter.Le(field, value));

    /// <inheritdoc cref="DataFilter.Between"/>
    public DataQuery Between(string field, DataValue from, DataValue to) => Where(Filter.Between(field, from, to));

    /// <inheritdoc cref="DataFilter.In"/>
    public DataQuery In(string field, params ReadOnlySpan<DataValue> values) => Where(Filter.In(field, values));

    /// <inheritdoc cref="DataFilter.HasSome"/>
    public DataQuery HasSome(string field, params ReadOnlySpan<DataValue> values) => Where(Filter.HasSome(field, values));

    /// <inheritdoc cref="DataFilter.HasAll"/>
    public DataQuery HasAll(string field, params ReadOnlySpan<DataValue> values) => Where(Filter.HasAll(field, values));

    /// <inheritdoc cref="DataFilter.Contains"/>
    public DataQuery Contains(string field, string text) => Where(Filter.Contains(field, text));

    /// <inheritdoc cref="DataFilter.StartsWith"/>
    public DataQuery StartsWith(string field, string text) => Where(Filter.StartsWith(field, text));

    /// <inheritdoc cref="DataFilter.EndsWith"/>
    public DataQuery EndsWith(string field, string text) => Where(Filter.EndsWith(field, text));

    /// <inheritdoc cref="DataFilter.IsEmpty"/>
    public DataQuery IsEmpty(string field) => Where(Filter.IsEmpty(field));

    /// <inheritdoc cref="DataFilter.IsNotEmpty"/>
    public DataQuery IsNotEmpty(string field) => Where(Filter.IsNotEmpty(field));

    /// <inheritdoc cref="DataFilter.And"/>
    public DataQuery And(DataFilter other) => Where(Filter.And(other));

    /// <inheritdoc cref="DataFilter.Or"/>
    public DataQuery Or(DataFilter other) => Where(Filter.Or(other));

    /// <inheritdoc cref="DataFilter.Not"/>
    public DataQuery Not(DataFilter other) => Where(Filter.Not(other));

    /// <summary>Sorts by a field, the smallest value first. What was said earlier goes before.</summary>
    /// <param name="fields">The fields' names, or their paths.</param>
    /// <exception cref="ArgumentException">One isn't a field's name.</exception>
    public DataQuery Ascending(params ReadOnlySpan<string> fields) => Sorted("ASC", fields);

    /// <summary>Sorts by a field, the greatest value first. What was said earlier goes before.</summary>
    /// <param name="fields">The fields' names, or their paths.</param>
    /// <exception cref="ArgumentException">One isn't a field's name.</exception>
    public DataQuery Descending(params ReadOnlySpan<string> fields) => Sorted("DESC", fields);

    /// <summary>Sets how many items a page has at most. The default is Wix's: 50.</summary>
    /// <param name="limit">The number of items, 1 to 1,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> isn't in that range.</exception>
    public DataQuery Limit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostOfAPage);
        return With(_text with { Limit = limit });
    }

    /// <summary>Sets how many items are skipped.</summary>
    /// <param name="skip">The number of items.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is negative.</exception>
    public DataQuery Skip(int skip)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        return With(_text with { Skip = skip, Cursor = null });
    }

    /// <summary>Sets where the page begins.</summary>
    /// <remarks>
    /// A cursor has the conditions and the order of its query in it, and they are not sent again: one that a request brings could be that
    /// of another query. For pages that clients ask for, use <see cref="Skip"/>.
    /// </remarks>
    /// <param name="cursor">What <see cref="DataPage.NextCursor"/> said.</param>
    public DataQuery After(string cursor)
    {
        ArgumentException.ThrowIfNullOrEmpty(cursor);
        return With(_text with { Cursor = cursor, Skip = 0 });
    }

    /// <summary>Sets which fields the items come with. The default is all of them.</summary>
    /// <param name="fields">The fields' names, or their paths.</param>
    /// <exception cref="ArgumentException">One isn't a field's name.</exception>
    public DataQuery Fields(params ReadOnlySpan<string> fields) =>
        With(_text with { Fields = FieldName.DemandAll(fields, nameof(fields)) });

    /// <summary>Sets which references come as the items that they are to.</summary>
    /// <param name="fields">The names of reference fields.</param>
    /// <exception cref="ArgumentException">One isn't a field's name.</exception>
    public DataQuery Include(params ReadOnlySpan<string> fields) =>
        With(_text with { Includes = FieldName.DemandAll(fields, nameof(fields)) });

    /// <summary>Reads what was written last. Without it an item that was just written may not be found yet.</summary>
    public DataQuery ConsistentRead() => With(_text with { IsConsistent = true });

    /// <summary>Counts the items on all pages along with a page: <see cref="DataPage.TotalCount"/>.</summary>
    public DataQuery WithTotalCount() => With(_text with { WithTotal = true });

    /// <summary>Reads a page.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer.</exception>
    [CallsWix(DataItems.Calls.Query)]
    public Task<DataPage> FindAsync(CancellationToken cancellationToken = default) => _items.FindAsync(_text.Query(), cancellationToken);

    /// <summary>Reads all items, page by page.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixApiException">Wix refused a call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer.</exception>
    [CallsWix(DataItems.Calls.Query)]
    public async IAsyncEnumerable<DataItem> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A page of items is cheaper than many calls; the first one may begin anywhere.
        var text = _text with { Limit = _text.Limit ?? MostOfAPage, ByCursor = _text.Skip == 0 };
        var skipped = text.Skip;
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (true)
        {
            var page = await _items.FindAsync(text.Query(), cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
                yield return item;
            if (page.Items.Count == 0)
                yield break;
            if (!text.ByCursor && page.Items.Count == text.Limit)
                text = text with { Skip = skipped += page.Items.Count };
            else if (text.ByCursor && page.NextCursor is { } next && seen.Add(next)) // a cursor that comes again would never end
                text = text with { Cursor = next };
            else
                yield break;
        }
    }

    /// <summary>Reads the first item.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The item; <see langword="null"/> when there is none.</returns>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer.</exception>
    [CallsWix(DataItems.Calls.Query)]
    public async Task<DataItem?> FirstAsync(CancellationToken cancellationToken = default) =>
        (await Limit(1).FindAsync(cancellationToken).ConfigureAwait(false)).Items is [var first, ..] ? first : null;

    /// <summary>Counts the items that the conditions hold for.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer.</exception>
    [CallsWix(DataItems.Calls.Count)]
    public Task<long> CountAsync(CancellationToken cancellationToken = default) => _items.CountAsync(_text.Count(), cancellationToken);

    /// <summary>Reads the different values of a field in the items that the conditions hold for.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer.</exception>
    [CallsWix(DataItems.Calls.Distinct)]
    public Task<IList<JsonNode>> DistinctAsync(string field, CancellationToken cancellationToken = default) =>
        _items.DistinctAsync(_text.Distinct(FieldName.Demand(field, nameof(field))), cancellationToken);

    private DataQuery With(DataQueryText text) => new(_items, text);

    private DataQuery Where(DataFilter filter) => With(_text with { Filter = filter });

    private DataQuery Sorted(string order, ReadOnlySpan<string> fields) =>
        With(_text with { Sort = [.. _text.Sort, .. FieldName.DemandAll(fields, nameof(fields)).Select(field => (field, order))] });
}
