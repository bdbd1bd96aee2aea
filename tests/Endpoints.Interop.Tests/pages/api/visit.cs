using Endpoints.Wix;
using Microsoft.AspNetCore.Http;

public static class Visit
{
    public static Task<bool> Get(HttpContext context) => context.EnsureVisitorSessionAsync(context.RequestAborted);
}
