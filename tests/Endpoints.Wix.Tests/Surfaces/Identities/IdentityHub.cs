using Microsoft.AspNetCore.SignalR;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>The same as methods of a hub.</summary>
public sealed class IdentityHub<T> : Hub
{
    public string Plain(T who) => See(who);

    public string Record(Carrier<T> carrier) => See(carrier is null ? default : carrier.Who);

    public string Bag(Bag<T> carrier) => See(carrier is null ? default : carrier.Who);

    public string Several(List<T> who) => (who ?? []).Select(See).FirstOrDefault() ?? "none";

    private string See(T? who) => Context.GetHttpContext()!.RequestServices.GetRequiredService<Seen>().Add<T>(null, who);
}
