using Endpoints.Wix.Values;

namespace Endpoints.Wix.Calls;

/// <summary>The place of one caller's <c>X-Wix-Consistent</c>.</summary>
internal readonly struct ConsistencySlot
{
    private readonly Consistency _all;
    private readonly string? _key;
    private readonly IConsistencyOwner? _owner;
    private readonly IConsistencyHolder? _request;
    private readonly AccessToken? _token;

    /// <summary>The place of a request's caller.</summary>
    /// <param name="all">Where callers' values are.</param>
    /// <param name="owner">The caller.</param>
    /// <param name="request">The request; null outside one.</param>
    /// <param name="token">The caller's token: a visitor who has just got it has no id yet, and comes back with it. Null for calls that are not made with it.</param>
    public ConsistencySlot(Consistency all, IConsistencyOwner? owner, IConsistencyHolder? request, AccessToken? token)
    {
        _all = all;
        _owner = owner;
        _request = request;
        _token = token;
    }

    /// <summary>A place of its own.</summary>
    /// <param name="all">Where the values are.</param>
    /// <param name="key">The place; null for none at all.</param>
    public ConsistencySlot(Consistency all, string? key)
    {
        _all = all;
        _key = key;
    }

    private bool IsAnybody => _owner?.IsAnybody == true;

    public string? Find()
    {
        if (_request?.Consistent is { } own)
            return own;
        if (_all.IsEmpty || (_key ?? _owner?.Key) is not { } key)
            return null;
        return _all.Find(key, IsAnybody) ?? (IsAnybody && _token is not null ? _all.Find(KeyOf(_token), isAnybodys: true) : null);
    }

    public void Keep(string value)
    {
        if ((_key ?? _owner?.Key) is { } key)
        {
            _all.Keep(key, IsAnybody, value);
            return;
        }

        if (_request is not null)
            _request.Consistent = value;
        if (_token is not null)
            _all.Keep(KeyOf(_token), isAnybodys: true, value);
    }

    private static string KeyOf(AccessToken token) => TokenDigest.Of(token).ToString();
}
