using DropIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

// Controllers and views with areas, a login of its own behind a fallback policy, antiforgery everywhere, an output cache and pages for
// errors.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<DropIn.Mvc.Controllers.Visits>();
builder.Services.AddControllersWithViews(static mvc => mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()));
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(static cookie => cookie.LoginPath = "/account/login");
builder.Services.AddAuthorizationBuilder()
    .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
    .AddPolicy("Admins", static policy => policy.RequireRole("admin"));
builder.Services.AddOutputCache(static cache => cache.AddBasePolicy(static policy => policy.Expire(TimeSpan.FromMinutes(5)).Tag("all")));
if (Packages.AreAdded(builder.Configuration))
    Packages.Add(builder.Services, builder.Configuration);

var app = builder.Build();
app.UseExceptionHandler("/error/500");
app.UseStatusCodePagesWithReExecute("/error/{0}");
app.UseStaticFiles();
app.UseRouting();
if (Packages.AreAdded(app.Configuration))
    app.UseCors();
app.UseAuthentication();
app.UseAuthorization();
app.UseOutputCache();
app.MapControllerRoute("areas", "{area:exists}/{controller=Home}/{action=Index}/{id?}");
app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");
if (Packages.AreAdded(app.Configuration))
    Packages.Map(app);

app.Run();

namespace DropIn.Mvc
{
    public sealed class Host;
}
