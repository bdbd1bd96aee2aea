using Endpoints.Wix.Identification;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Calls;

/// <summary>The place of one caller's <c>X-Wix-Consistent</c>.</summary>
internal readonly struct ConsistencySlot
{
    private readonly Consistency _all;
    private readonly string? _key;
    private readonly Caller? _caller;
    private readonly RequestCaller? _request;
    private readonly AccessToken? _token;

    /// <summary>The place of a request's caller.</summary>
    /// <param name="all">Where callers' values are.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="request">The request; null outside one.</param>
    /// <param name="token">The caller's token: a visitor who has just got it has no id yet, and comes back with it. Null for calls that are not made with it.</param>
    public ConsistencySlot(Consistency all, Caller? caller, RequestCaller? request, AccessToken? token)
    {
        _all = all;
        _caller = caller;
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

    public string? Find()
    {
        if (_request?.Consistent is { } own)
            return own;
        if (_all.IsEmpty || (_key ?? _caller?.Key?.ToString()) is not { } key)
            return null;
        return _all.Find(key) ?? (_caller?.Kind == Callers.Visitor && _token is not null ? _all.Find(KeyOf(_token)) : null);
    }

    public void Keep(string value)
    {
        if ((_key ?? _caller?.Key?.ToString()) is { } key)
        {
            _all.Keep(key, value);
            return;
        }

        if (_request is not null)
            _request.Consistent = value;
        if (_token is not null)
            _all.Keep(KeyOf(_token), value);
    }

    private static string KeyOf(AccessToken token) => TokenDigest.Of(token).ToString();
}
