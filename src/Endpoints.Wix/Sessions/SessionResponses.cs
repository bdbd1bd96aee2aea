using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Sessions;

/// <summary>What responses do to browsers' sessions.</summary>
internal sealed class SessionResponses(SessionRecords records, EndedSessions ended)
{
    /// <summary>The one of a request, made at the first call, which must come from the request's own flow.</summary>
    public SessionResponse Of(HttpContext context) => SessionResponse.Of(context, records, ended);
}
