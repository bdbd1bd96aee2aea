using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>Guards of an endpoint, which find out themselves who is calling, and count the client's address before.</summary>
internal interface IIdentifyingGuards
{
    /// <summary>Counts the request against the client address's limit, once.</summary>
    bool TryCountAddress(HttpContext context, RequestCaller request, out TimeSpan? retryAfter);
}
