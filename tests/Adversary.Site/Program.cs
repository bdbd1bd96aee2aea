using System.Net;
using Adversary.Site.Surfaces;
using Adversary.Site.Work;
using Endpoints.Wix;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// An application with every surface that ASP.NET Core has, attacked by tests/Adversary.Tests. The setting Hole makes it one with a mistake.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders().AddJsonConsole();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Listen(IPAddress.Loopback, builder.Configuration.GetValue<int>("Http1Port"),
        static listen => listen.Protocols = HttpProtocols.Http1);
    kestrel.Listen(IPAddress.Loopback, builder.Configuration.GetValue<int>("Http2Port"),
        static listen => listen.Protocols = HttpProtocols.Http2);
});
Holes.Open(builder.Configuration["Hole"]);

builder.Services.AddFileRoutes();
builder.Services.AddWix(builder.Configuration);
builder.Services.AddWixDashboardCors();
// The framework's own reading of jQuery's names answers 500 to brackets that nobody closes.
builder.Services.AddControllersWithViews(static mvc =>
{
    mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
});
builder.Services.AddRazorPages(static options => options.RootDirectory = "/RazorPages");
builder.Services.AddSignalR();
builder.Services.AddHealthChecks();
builder.Services.AddRequestDecompression();
builder.Services.AddOutputCache(
    static cache =>
        cache.AddBasePolicy(
            static policy => policy.Cache().With(static context => context.HttpContext.Request.Path.StartsWithSegments("/api/my-api"))));
builder.Services.AddScoped<OwnsOrder>();
builder.Services.AddScoped<IWixInstallationHandler, Installed>();
builder.Services.AddAuthentication(Job.Scheme).AddCookie(Job.Scheme, static cookie =>
{
    cookie.Cookie.Name = "account";
    cookie.Events.OnRedirectToLogin = static context => Refuse(context, StatusCodes.Status401Unauthorized);
    cookie.Events.OnRedirectToAccessDenied = static context => Refuse(context, StatusCodes.Status403Forbidden);
});
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("Account", static policy => policy.AddAuthenticationSchemes(Job.Scheme).RequireAuthenticatedUser())
    .AddPolicy("Staff",
        policy => policy.RequireAssertion(context => context.User.HasClaim(claim => claim.Value == builder.Configuration["StaffId"])));

var app = builder.Build();
app.Use(static next => context => Holes.InvokeAsync(context, next));
app.UseRouting();
app.UseStaticFiles();
app.UseCors(WixDefaults.DashboardCorsPolicy);
app.UseAuthentication();
app.UseAuthorization();
app.UseRequestDecompression();
app.UseOutputCache();
app.UseWebSockets();
app.MapFileRoutes();
app.MapWixAuth();
app.MapWixInstallation();
app.MapControllers();
app.MapControllerRoute("default", "shop/{controller=Home}/{action=Index}/{id?}");
app.MapRazorPages();
app.MapHub<ReportHub>("/hub").Elevate(Callers.Member | Callers.User);
app.MapHub<ReportHub>("/hub-open");
MinimalApis.Map(app);
Accounts.Map(app);
Sockets.Map(app);
ForeignEndpoints.Map(app).Elevate(Callers.User | Callers.App);
await app.RunAsync();

// The framework would name the request's own host, whatever it is.
static Task Refuse(RedirectContext<CookieAuthenticationOptions> context, int status)
{
    context.Response.StatusCode = status;
    return Task.CompletedTask;
}
