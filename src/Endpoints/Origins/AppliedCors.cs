using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Endpoints.Origins;

/// <summary>Represents a request feature with the result of the CORS middleware's policy for the request's origin.</summary>
internal sealed record AppliedCors(CorsResult Result);
