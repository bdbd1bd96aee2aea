using System.Threading.RateLimiting;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using GuardedSite;

// Elevated endpoints on every surface; the setting Hole tears one.
var builder = WebApplication.CreateBuilder(args);
await using var wix = builder.Configuration["OwnEmulator"] is null ? null : await WixEmulator.StartAsync();
var hole = builder.Configuration["Hole"];
builder.Services.AddFileRoutes();
builder.Services.AddWix(builder.Configuration);
builder.Services.AddControllersWithViews();
builder.Services.AddScoped<OwnsOrder>();
builder.Services.AddScoped<OwnsBasket>();
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("Staff", policy => policy.RequireAssertion(context => context.User.HasClaim(claim => claim.Value == "the-boss")));
if (hole == "application's limit")
{
    builder.Services.AddRateLimiter(static limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(static _ => RateLimitPartition.GetFixedWindowLimiter(
            "all", static _ => new() { PermitLimit = 1, Window = TimeSpan.FromDays(1) }));
    });
}

var app = builder.Build();
app.UseAuthorization();
if (hole == "application's limit")
    app.UseRateLimiter();
app.Use(async (context, next) =>
{
    if (hole == "shortcut" && context.Request.Path.StartsWithSegments("/minimal"))
        await context.Response.WriteAsync("from a cache");
    else if (hole == "throws" && context.Request.Path.StartsWithSegments("/minimal"))
        throw new FormatException("the application's own mistake");
    else
        await next(context);
});

app.MapFileRoutes();
app.MapControllers();
app.MapControllerRoute("default", "shop/{controller=Home}/{action=Index}/{id?}");

if (hole == "unguarded")
    app.MapGet("/minimal/{number:int}", Work.Run);
else
    app.MapGet("/minimal/{number:int}", Work.Run).Elevate(Callers.Visitor | Callers.Member, options => options.RateLimit = "1/1d");

var jobs = app.MapGroup("/jobs").Elevate(Callers.App, options => options.RateLimit = "1/1d");
jobs.MapPost("/sync", Work.Run);
app.MapPost("/nightly", Work.Run).Elevate(Callers.Service, options => options.RateLimit = "1/1d");
Filled.Elsewhere(app.MapGroup("/admin").Elevate(Callers.User));
app.MapPost("/configured", Work.Run).Elevate(Enum.Parse<Callers>(builder.Configuration["ConfiguredCallers"] ?? "User"));
var items = app.MapGet("/items/{name}", Work.Run).Elevate(Callers.Member);
if (hole == "replaced")
    items.Finally(static endpoint => endpoint.RequestDelegate = static context => context.Response.WriteAsync("without guards"));
if (hole == "shadowed")
    app.MapGet("/items/{number:int}", Work.Elsewhere);
app.MapGet("/reports", Work.Run).Elevate(Callers.User).RequireAuthorization("Staff");
app.MapGet("/health", static () => "well");
await app.RunAsync();
