using DropIn;
using DropIn.Blazor;
using DropIn.Blazor.Components;

// Components rendered on the server, a hub, and a reverse proxy in front of what is older.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddSignalR();
builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
builder.Services.AddCors(
    static cors => cors.AddDefaultPolicy(static policy => policy.WithOrigins("https://partner.example").AllowAnyHeader().AllowAnyMethod()));
if (Packages.AreAdded(builder.Configuration))
    Packages.Add(builder.Services, builder.Configuration);

var app = builder.Build();
app.UseExceptionHandler("/error", createScopeForErrors: true);
app.UseStatusCodePagesWithReExecute("/not-found");
app.UseStaticFiles();
app.UseRouting();
app.UseCors();
app.UseAntiforgery();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
app.MapHub<Chat>("/chat");
app.MapReverseProxy();
app.MapGet("/api/status", static () => new { State = "open" });
app.MapPost("/api/status", static (StatusChange change) => Results.Accepted((string?)null, change));
if (Packages.AreAdded(app.Configuration))
    Packages.Map(app);

app.Run();

namespace DropIn.Blazor
{
    public sealed class Host;

    public sealed record StatusChange(string State);
}
