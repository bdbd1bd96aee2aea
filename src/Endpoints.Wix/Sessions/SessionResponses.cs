using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Sessions;

/// <summary>Provides the changes that responses make to browsers' sessions.</summary>
internal sealed class SessionResponses(SessionRecords records, EndedSessions ended)
{
    /// <summary>
    /// Returns the change of a request's response, which is created at the first call. That call must come from the request's own flow.
    /// </summary>
    public SessionResponse Of(HttpContext context) => SessionResponse.Of(context, records, ended);
}
