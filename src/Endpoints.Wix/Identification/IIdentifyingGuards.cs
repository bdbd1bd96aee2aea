using Endpoints.Problems;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>Guards of an endpoint, which find out themselves who is calling, and count the client's address before.</summary>
internal interface IIdentifyingGuards
{
    /// <summary>Counts the request against the limits that come before any work, once.</summary>
    /// <returns>The refusal; null when it is within them.</returns>
    ValueTask<Problem?> CountAddressAsync(HttpContext context, RequestCaller request);
}
