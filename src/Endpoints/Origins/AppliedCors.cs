using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Endpoints.Origins;

/// <summary>A feature of a request: what the CORS middleware has found its policy to say of the request's origin.</summary>
internal sealed record AppliedCors(CorsResult Result);
