using DropIn;
using Microsoft.AspNetCore.Identity;

// Razor Pages with Identity's own pages.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorPages(static pages => pages.Conventions.AuthorizePage("/Orders"));
builder.Services.AddDefaultIdentity<Shopper>(static identity =>
{
    identity.SignIn.RequireConfirmedAccount = false;
    identity.Password.RequireNonAlphanumeric = false;
});
builder.Services.AddSingleton<IUserStore<Shopper>, MemoryUsers>();
builder.Services.AddSession();
builder.Services.AddDistributedMemoryCache();
if (Packages.AreAdded(builder.Configuration))
    Packages.Add(builder.Services, builder.Configuration);

var app = builder.Build();
app.UseExceptionHandler("/Error");
app.UseStatusCodePagesWithReExecute("/Error", "?status={0}");
app.UseStaticFiles();
app.UseRouting();
if (Packages.AreAdded(app.Configuration))
    app.UseCors();
app.UseAuthentication();
app.UseAuthorization();
app.UseSession();
app.MapRazorPages();
if (Packages.AreAdded(app.Configuration))
    Packages.Map(app);

app.Run();

namespace DropIn.RazorPages
{
    public sealed class Host;
}
