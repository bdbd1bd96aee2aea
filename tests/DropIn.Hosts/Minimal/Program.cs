using DropIn;
using DropIn.Minimal;
using Endpoints.Wix;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;

// Minimal APIs with Identity's bearer tokens, an OpenAPI document, rate limits and the defaults of a distributed application.
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddOpenApi();
builder.Services.AddProblemDetails(
    static problems => problems.CustomizeProblemDetails = static context => context.ProblemDetails.Extensions["shop"] = "harbour");
builder.Services.AddIdentityApiEndpoints<Shopper>();
builder.Services.AddSingleton<IUserStore<Shopper>, MemoryUsers>();
builder.Services.AddScoped<RequestWork>();
builder.Services.AddScoped<IAuthorizationHandler, OwnNotesHandler>();
builder.Services.AddAuthorizationBuilder().AddPolicy("OwnNotes", static policy => policy.AddRequirements(new OwnNotes()));
builder.Services.AddRateLimiter(static limits => limits.AddFixedWindowLimiter("two", static window =>
{
    window.PermitLimit = 2;
    window.Window = TimeSpan.FromDays(1);
}));
builder.Services.AddSingleton<NoteBook>();
if (Packages.AreAdded(builder.Configuration))
    Packages.Add(builder.Services, builder.Configuration);

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseStaticFiles();
app.UseRateLimiter();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapGroup("/account").MapIdentityApi<Shopper>();

var notes = app.MapGroup("/api/notes");
notes.MapGet("/", static (NoteBook book) => book.All);
notes.MapGet("/{id:int}", static (int id, NoteBook book) => book.Find(id) is { } note ? Results.Ok(note) : Results.NotFound());
notes.MapPost("/", static (NewNote note, IEnumerable<IValidator<NewNote>> validators, NoteBook book) =>
    Results.Created((string?)null, new { Note = book.Add(note.Text), Validators = validators.Count() }));
notes.MapPut("/{id:int}", static (int id, NewNote note) => new Note(id, note.Text)).RequireAuthorization();
notes.MapDelete("/{id:int}", static (int id) => Results.NoContent()).RequireAuthorization("OwnNotes");
app.MapGet("/limited", static () => "within the limit").RequireRateLimiting("two");
app.MapGet("/broken", static string () => throw new InvalidOperationException("the application's own mistake"));
app.MapGet("/me", static (HttpContext context) => context.User.Identity?.Name ?? "nobody").RequireAuthorization();
app.MapGet("/who", static (HttpContext context) => context.User.Identity is { IsAuthenticated: true } identity ? identity.Name : "nobody");
app.MapMethods("/odd", ["PROPFIND"], static () => "found");
app.MapGet("/", static () => Results.Redirect("/about.html"));
if (Packages.AreAdded(app.Configuration))
{
    app.UseCors();
    app.MapFileRoutes().RequireCors(WixDefaults.DashboardCorsPolicy);
    app.MapWixAuth();
    app.MapWixInstallation();
}

app.Run();

namespace DropIn.Minimal
{
    public sealed class Host;
}
