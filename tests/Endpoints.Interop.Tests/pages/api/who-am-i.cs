using Endpoints.Wix;

public static class WhoAmI
{
    public static Who Get(Caller caller) => Who.Is(caller);

    public static Noted Post(Caller caller, Note note) => new(Who.Is(caller), note.Text);
}

public record Note(string Text);

public record Noted(Who By, string Text);

public record Who(string Kind, string? Id, string? SiteId, string? InstanceId, string? ClientId)
{
    public static Who Is(Caller caller) => new(caller.Kind.ToString(), caller.Id, caller.SiteId, caller.InstanceId, caller.ClientId);
}
