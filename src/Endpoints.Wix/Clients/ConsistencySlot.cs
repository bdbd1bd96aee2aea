using Endpoints.Wix.Identification;

namespace Endpoints.Wix.Clients;

/// <summary>The place of one caller's <c>X-Wix-Consistent</c>.</summary>
/// <param name="all">Where confirmed callers' values are.</param>
/// <param name="caller">The caller. The value of one who has no id yet is the request's alone.</param>
/// <param name="request">The request; null outside one.</param>
internal readonly struct ConsistencySlot(Consistency all, Caller? caller, RequestCaller? request)
{
    public string? Find() => request?.Consistent ?? (all.IsEmpty || caller?.Key is not { } key ? null : all.Find(key));

    public void Keep(string value)
    {
        if (caller?.Key is { } key)
            all.Keep(key, value);
        else if (request is not null)
            request.Consistent = value;
    }
}
