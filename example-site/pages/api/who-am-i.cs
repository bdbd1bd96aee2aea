using Endpoints.Wix;

/// <summary>Says who is calling, as Wix confirmed it.</summary>
public static class WhoAmI
{
    public static Answer Get(Caller caller) => new(caller.Kind.ToString(), caller.Id, caller.SiteId, caller.InstanceId);

    public sealed record Answer(string Kind, string? Id, string? SiteId, string? InstanceId);
}
