using Microsoft.AspNetCore.Authorization;

namespace DropIn.Minimal;

/// <summary>A demand of the application's own.</summary>
internal sealed class OwnNotes : IAuthorizationRequirement;

/// <summary>Scoped, as everything is that reads a database.</summary>
internal sealed class OwnNotesHandler(RequestWork work) : AuthorizationHandler<OwnNotes>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OwnNotes requirement)
    {
        work.Count++;
        if (work.Count == 1 && context.User.Identity?.IsAuthenticated == true)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>The state of one request, as a database context would hold it.</summary>
internal sealed class RequestWork
{
    public int Count { get; set; }
}
