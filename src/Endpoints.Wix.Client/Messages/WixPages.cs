using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Endpoints.Wix;

/// <summary>Reads the pages of a query one after the other.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WixPages
{
    /// <summary>Reads pages that are linked by cursors.</summary>
    /// <typeparam name="TQuery">The query.</typeparam>
    /// <typeparam name="TPage">The answer.</typeparam>
    /// <typeparam name="T">The type of what is read.</typeparam>
    /// <param name="query">The query of the first page.</param>
    /// <param name="read">Reads a page.</param>
    /// <param name="items">Gets what is on it.</param>
    /// <param name="metadata">The name of the answer's paging metadata.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    public static async IAsyncEnumerable<T> ByCursor<TQuery, TPage, T>(
        TQuery? query,
        Func<TQuery?, CancellationToken, Task<TPage>> read,
        Func<TPage, IList<T>> items,
        string metadata,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TQuery : WixMessage, IWixMessage<TQuery>
        where TPage : WixMessage
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(items);
        var limit = (query?.Json["cursorPaging"] as JsonObject)?["limit"];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (true)
        {
            var page = await read(query, cancellationToken).ConfigureAwait(false);
            foreach (var item in items(page))
                yield return item;
            // A cursor that comes again would never end.
            if (page.Member(metadata).Member("cursors").Member("next").Text() is not { Length: > 0 } next || !seen.Add(next))
                yield break;
            // The cursor holds the rest of the query.
            var cursor = new JsonObject { ["cursor"] = next };
            if (limit is not null)
                cursor["limit"] = limit.DeepClone();
            query = TQuery.Create(new() { ["cursorPaging"] = cursor });
        }
    }

    /// <summary>Reads pages that are counted.</summary>
    /// <typeparam name="TQuery">The query.</typeparam>
    /// <typeparam name="TPage">The answer.</typeparam>
    /// <typeparam name="T">The type of what is read.</typeparam>
    /// <param name="query">The query of the first page.</param>
    /// <param name="read">Reads a page.</param>
    /// <param name="items">Gets what is on it.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    public static async IAsyncEnumerable<T> ByOffset<TQuery, TPage, T>(
        TQuery? query,
        Func<TQuery?, CancellationToken, Task<TPage>> read,
        Func<TPage, IList<T>> items,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TQuery : WixMessage, IWixMessage<TQuery>
        where TPage : WixMessage
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(items);
        var json = (JsonObject?)query?.Json.DeepClone() ?? [];
        if (json["paging"] is not JsonObject paging)
            json["paging"] = paging = [];
        var offset = paging["offset"] is { } given ? WixKinds.Whole.Read(given, "offset") : 0;
        while (true)
        {
            var page = await read(TQuery.Create(json), cancellationToken).ConfigureAwait(false);
            var count = 0;
            foreach (var item in items(page))
            {
                count++;
                yield return item;
            }

            var limit = paging["limit"] is { } wanted ? WixKinds.Whole.Read(wanted, "limit") : count;
            if (count == 0 || count < limit)
                yield break;
            offset += count;
            json = (JsonObject)json.DeepClone();
            paging = (JsonObject)json["paging"]!; // set above
            paging["offset"] = offset;
        }
    }
}
