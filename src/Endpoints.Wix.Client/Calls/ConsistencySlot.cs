using Endpoints.Wix.Values;

namespace Endpoints.Wix.Calls;

/// <summary>Represents the place of one caller's <c>X-Wix-Consistent</c>.</summary>
internal readonly struct ConsistencySlot
{
    private readonly Consistency _all;
    private readonly string? _key;
    private readonly IConsistencyOwner? _owner;
    private readonly IConsistencyHolder? _request;
    private readonly AccessToken? _token;

    /// <summary>Initializes a new instance of the <see cref="ConsistencySlot"/> struct for the caller of a request.</summary>
    /// <param name="all">The values of all callers.</param>
    /// <param name="owner">The caller.</param>
    /// <param name="request">The request; <see langword="null"/> outside one.</param>
    /// <param name="token">
    /// The caller's token: a visitor who has just got it has no id yet, and returns with it. <see langword="null"/> for calls that are not
    /// made with it.
    /// </param>
    public ConsistencySlot(Consistency all, IConsistencyOwner? owner, IConsistencyHolder? request, AccessToken? token)
    {
        _all = all;
        _owner = owner;
        _request = request;
        _token = token;
    }

    /// <summary>Initializes a new instance of the <see cref="ConsistencySlot"/> struct for a key.</summary>
    /// <param name="all">The values of all callers.</param>
    /// <param name="key">The key; <see langword="null"/> for no place at all.</param>
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
