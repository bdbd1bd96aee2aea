using Endpoints.Wix;

[Elevate(Callers.Member)]
public static class MembersFolder;
