namespace DropIn.FSharpSite

open System
open System.Threading.Tasks
open Microsoft.AspNetCore.Authentication.Cookies
open Microsoft.AspNetCore.Builder
open Microsoft.AspNetCore.Http
open Microsoft.Extensions.DependencyInjection
open Endpoints.Wix

type Note = { Id: int; Text: string }

/// What tests name the application by.
type Host() = class end

/// Minimal APIs in F#, with a cookie login and error pages.
module Program =
    [<EntryPoint>]
    let main args =
        let builder = WebApplication.CreateBuilder(args)
        builder.Services.AddProblemDetails() |> ignore
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie() |> ignore
        builder.Services.AddAuthorization() |> ignore
        let packages = builder.Configuration["Packages"] = "true"

        if packages then
            builder.Services.AddFileRoutes() |> ignore
            builder.Services.AddWix(builder.Configuration) |> ignore
            builder.Services.AddWixDashboardCors() |> ignore

        let app = builder.Build()
        app.UseExceptionHandler() |> ignore
        app.UseStatusCodePages() |> ignore
        app.UseStaticFiles() |> ignore

        let notes = [ { Id = 1; Text = "Buy milk" }; { Id = 2; Text = "Paint the boat" } ]
        app.MapGet("/", Func<IResult>(fun () -> Results.Redirect "/site.css")) |> ignore
        app.MapGet("/api/notes", Func<Note list>(fun () -> notes)) |> ignore

        app.MapGet(
            "/api/notes/{id:int}",
            Func<int, IResult>(fun id ->
                match notes |> List.tryFind (fun note -> note.Id = id) with
                | Some note -> Results.Ok note
                | None -> Results.NotFound())
        )
        |> ignore

        app.MapPost("/api/notes", Func<Note, IResult>(fun note -> Results.Created($"/api/notes/{note.Id}", note))) |> ignore
        app.MapGet("/broken", Func<string>(fun () -> raise (InvalidOperationException "the application's own mistake"))) |> ignore
        app.MapGet("/late", Func<Task<string>>(fun () -> task { return "late" })) |> ignore

        let name (context: HttpContext) =
            match context.User.Identity with
            | null -> "nobody"
            | identity -> $"{identity.Name}"

        app.MapGet("/me", Func<HttpContext, string>(name)).RequireAuthorization() |> ignore

        if packages then
            app.UseCors() |> ignore
            app.MapFileRoutes(typeof<DropIn.Files.Hello>.Assembly).RequireCors(WixDefaults.DashboardCorsPolicy) |> ignore
            app.MapWixAuth() |> ignore
            app.MapWixInstallation() |> ignore
            let greet (caller: Caller) = $"Called by a {caller.Kind}"
            app.MapGet("/greeting", Func<Caller, string>(greet)).Elevate(Callers.Visitor) |> ignore

        app.Run()
        0
