using Endpoints.Problems;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>Represents the guards of an endpoint that identify the caller themselves, and count the client's address before that.</summary>
internal interface IIdentifyingGuards
{
    /// <summary>Counts the request against the limits that come before any work, once.</summary>
    /// <returns>A task that returns the refusal; <see langword="null"/> if the request is within the limits.</returns>
    ValueTask<Problem?> CountAddressAsync(HttpContext context, RequestCaller request);
}
