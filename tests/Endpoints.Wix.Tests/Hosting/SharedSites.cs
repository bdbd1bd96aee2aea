using System.Collections.Concurrent;

namespace Endpoints.Wix.Tests.Hosting;

/// <summary>
/// Sites that the rows of a class share, for rows that leave nothing behind which another row looks at. A site starts when a row first asks
/// for it, and ends with the class.
/// </summary>
public sealed class SharedSites : IAsyncLifetime
{
    private readonly ConcurrentDictionary<object, Lazy<Task<IAsyncDisposable>>> _sites = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var site in _sites.Values.Where(static site => site.Value.IsCompletedSuccessfully))
            await (await site.Value).DisposeAsync();
    }

    /// <summary>Returns the site of a key, which <paramref name="start"/> starts if there is none yet.</summary>
    internal async Task<T> OfAsync<T>(object key, Func<Task<T>> start)
        where T : IAsyncDisposable => (T)await _sites.GetOrAdd(key, _ => new(async () => await start())).Value;
}
