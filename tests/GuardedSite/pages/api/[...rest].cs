using Endpoints.Wix;

namespace GuardedSite.Pages;

[Elevate(Callers.User | Callers.App)]
public static class Rest
{
    public static Task<string> All(ElevatedWixClient wix) => Work.Run(wix);
}
