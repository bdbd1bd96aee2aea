namespace GuardedSite;

/// <summary>A group that is guarded in one place and filled in another: the lock has it as a whole.</summary>
internal static class Filled
{
    public static void Elsewhere(IEndpointRouteBuilder group)
    {
        group.MapGet("/report", Work.Run);
        group.MapDelete("/report/{id:guid}", Work.Run);
    }
}
