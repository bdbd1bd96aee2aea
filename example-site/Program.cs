using ExampleSite;

var builder = WebApplication.CreateBuilder(args);
await using var wix = await DevelopmentWix.StartWithoutCredentialsAsync(builder);

builder.Services.AddFileRoutes();
builder.Services.AddWix(builder.Configuration);

// Dashboards live on other origins, and send a token instead of cookies. The other two headers come from Wix's SDK.
var dashboards = builder.Configuration.GetSection("Dashboard:Origins").Get<string[]>() ?? [];
builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .WithOrigins(dashboards)
    .WithHeaders("Authorization", "Content-Type", "X-Wix-Consistent", "x-wix-linguist")
    .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")));

var app = builder.Build();
app.UseDefaultFiles();
app.UseStaticFiles();
app.UseCors();
app.MapFileRoutes();
app.MapWixAuth();
app.Lifetime.ApplicationStarted.Register(() =>
{
    if (wix is not null)
        DevelopmentWix.Introduce(wix, new Uri(app.Urls.First()));
    Console.WriteLine(Welcome.For(app, wix));
});
await app.RunAsync();
