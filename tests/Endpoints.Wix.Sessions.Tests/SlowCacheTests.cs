using Endpoints.Wix.Sessions.Tests.Hosting;
using Microsoft.Extensions.Caching.Distributed;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary>A distributed cache that is slow costs a piece of work a second at the most, and is left alone then.</summary>
public sealed class SlowCacheTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S70_A_slow_cache_is_waited_for_once_and_left_alone(bool blocks)
    {
        using var cache = new Slow(blocks);
        await using var site = await SessionSite.StartAsync(build: builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        using var measured = new Measured(site);
        for (var i = 0; i < 20; i++)
        {
            using var browser = site.NewBrowser();
            await browser.LogInAsync();
            Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync("/members")).Status);
            Assert.Equal(System.Net.HttpStatusCode.Redirect, (await browser.PostAsync("/api/auth/logout")).Status);
        }

        Assert.Equal(1, cache.Calls);
        site.Clock.Advance(TimeSpan.FromSeconds(11));
        using var later = site.NewBrowser();
        await later.LogInAsync();
        await later.PostAsync("/api/auth/logout");
        Assert.Equal(2, cache.Calls);

        Assert.Equal(2, measured.Of("shared_cache_failures slow"));
        Assert.True(measured.Of("shared_cache_failures skipped") >= 19);
        // Each at once, and again when Wix has confirmed whose it is.
        Assert.True(measured.Of("ended_sessions False") >= 21);
        Assert.True(measured.Of("ended_sessions True") >= 21);
    }

    /// <summary>Never answers, and blocks its caller's thread or not.</summary>
    private sealed class Slow(bool blocks) : IDistributedCache, IDisposable
    {
        private readonly CancellationTokenSource _ended = new();
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => WaitAsync<byte[]?>();

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            WaitAsync<bool>();

        public void Dispose() => _ended.Cancel();

        public byte[]? Get(string key) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        private async Task<T?> WaitAsync<T>()
        {
            Interlocked.Increment(ref _calls);
            if (blocks)
                _ended.Token.WaitHandle.WaitOne();
            try
            {
                await Task.Delay(Timeout.Infinite, _ended.Token);
            }
            catch (OperationCanceledException)
            {
            }

            return default;
        }
    }
}
