using Microsoft.AspNetCore.SignalR;

namespace DropIn.Blazor;

public sealed class Chat : Hub
{
    public Task Say(string text) => Clients.All.SendAsync("said", text);
}
