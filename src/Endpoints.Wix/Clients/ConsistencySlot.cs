using Endpoints.Wix.Identification;
using Endpoints.Wix.Tokens;

namespace Endpoints.Wix.Clients;

/// <summary>The place of one caller's <c>X-Wix-Consistent</c>.</summary>
/// <param name="all">Where callers' values are.</param>
/// <param name="caller">The caller.</param>
/// <param name="request">The request; null outside one.</param>
/// <param name="token">The caller's token: a visitor who has just got it has no id yet, and comes back with it. Null for calls that are not made with it.</param>
internal readonly struct ConsistencySlot(Consistency all, Caller? caller, RequestCaller? request, AccessToken? token)
{
    public string? Find()
    {
        if (request?.Consistent is { } own)
            return own;
        if (all.IsEmpty || caller?.Key is not { } key)
            return null;
        return all.Find(key) ?? (caller.Kind == Callers.Visitor && token is not null ? all.Find(KeyOf(token)) : null);
    }

    public void Keep(string value)
    {
        if (caller?.Key is { } key)
        {
            all.Keep(key, value);
            return;
        }

        if (request is not null)
            request.Consistent = value;
        if (token is not null)
            all.Keep(KeyOf(token), value);
    }

    private static string KeyOf(AccessToken token) => TokenDigest.Of(token).ToString();
}
