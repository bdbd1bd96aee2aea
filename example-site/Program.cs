using Endpoints.Wix;
using ExampleSite;
using ExampleSite.Jobs;

var builder = WebApplication.CreateBuilder(args);
await using var wix = await DevelopmentWix.StartWithoutCredentialsAsync(builder);

builder.Services.AddFileRoutes();
builder.Services.AddWix(builder.Configuration);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<ReceivedEvents>();
builder.Services.AddSingleton<JobNotes>().AddSingleton<Installations>();
builder.Services.AddHostedService<GreetEverySite>();
if (!string.IsNullOrEmpty(builder.Configuration["Wix:ApiKey"] ?? builder.Configuration["WIX_API_KEY"]))
    builder.Services.AddHostedService<CountOrders>();

builder.Services.AddWixDashboardCors(); // dashboards live on other origins

var app = builder.Build();
app.UseDefaultFiles();
app.UseStaticFiles();
app.UseCors();
app.MapFileRoutes().RequireCors(WixDefaults.DashboardCorsPolicy);
app.MapWixAuth();
app.MapWixEvents();
app.Lifetime.ApplicationStarted.Register(() =>
{
    if (wix is not null)
        DevelopmentWix.Introduce(wix, new Uri(app.Urls.First()));
    Console.WriteLine(Welcome.For(app, wix));
});
await app.RunAsync();
