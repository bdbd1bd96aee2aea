using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Validation.Tests.HotReload;

public class HotReloadTests
{
    private const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFileRoutes();
        var app = builder.Build();
        app.MapFileRoutes();
        app.MapFileRoutes(typeof(Shelf).Assembly);
        app.Run();
        """;

    private const string Process = "public static class Running { public static string Get() => $\"{Environment.ProcessId}\"; }";

    private const string Shelf = """public static class Shelf { public static string Get() => "empty"; }""";

    [Fact]
    public async Task S53_dotnet_watch_applies_every_change_of_endpoint_files_and_loses_no_guard()
    {
        await using var site = await WatchedSite.StartAsync(new Dictionary<string, string>
        {
            ["site/Program.cs"] = Program,
            ["site/RefuseAttribute.cs"] = """
                #nullable enable
                [AttributeUsage(AttributeTargets.All)]
                public sealed class RefuseAttribute : Attribute, Endpoints.IEndpointConvention
                {
                    public void Apply(EndpointBuilder builder) =>
                        builder.FilterFactories.Add((_, _) => _ => ValueTask.FromResult<object?>(Results.Text("refused")));
                }
                """,
            ["site/WrongAttribute.cs"] = """
                [AttributeUsage(AttributeTargets.All)]
                public sealed class WrongAttribute : Attribute, Endpoints.IEndpointConvention
                {
                    public void Apply(EndpointBuilder builder) => throw new InvalidOperationException("not like this");
                }
                """,
            ["site/Note.cs"] = "public sealed record Note(string Text);",
            ["site/pages/api/process.cs"] = Process,
            ["site/pages/api/hello.cs"] = """public static class Hello { public static string Get() => "one"; }""",
            ["library/pages/api/shelf.cs"] = Shelf,
        });
        await site.AnswersAsync("/api/hello", "one");
        var process = await site.ProcessAsync();

        // A handler is edited.
        await site.WriteAsync("site/pages/api/hello.cs", """public static class Hello { public static string Get() => "two"; }""");
        await site.AnswersAsync("/api/hello", "two");
        await site.IsStillAsync(process);

        // It takes other parameters, and the file answers another method.
        await site.WriteAsync("site/pages/api/hello.cs", """
            public static class Hello
            {
                public static string Get(string name) => $"hello {name}";
                public static string Post(Note note) => note.Text;
            }
            """);
        await site.AnswersAsync("/api/hello?name=you", "hello you");
        await site.PostAnswersAsync("/api/hello", """{"text":""}""", HttpStatusCode.OK);
        await site.IsStillAsync(process);

        // A validator comes: the container is long built.
        await site.WriteAsync("site/NoteValidator.cs", """
            using FluentValidation;

            internal sealed class NoteValidator : AbstractValidator<Note>
            {
                public NoteValidator() => RuleFor(note => note.Text).NotEmpty();
            }
            """);
        await site.PostAnswersAsync("/api/hello", """{"text":""}""", HttpStatusCode.BadRequest);
        await site.IsStillAsync(process);

        // A guard comes.
        await site.WriteAsync("site/pages/api/hello.cs", """
            [Refuse]
            public static class Hello
            {
                public static string Get(string name) => $"hello {name}";
                public static string Post(Note note) => note.Text;
            }
            """);
        await site.AnswersAsync("/api/hello?name=you", "refused");
        await site.IsStillAsync(process);

        // A file comes.
        await site.WriteAsync("site/pages/api/[id].cs",
            """public static class ById { public static string Get(string id) => $"by id {id}"; }""");
        await site.AnswersAsync("/api/7", "by id 7");
        await site.IsStillAsync(process);

        // A file is renamed: hot reload or, if dotnet watch sees that the old one has gone before it sees the new one, a restart.
        await site.MoveAsync("site/pages/api/[id].cs", "site/pages/api/item-[id].cs");
        await site.AnswersAsync("/api/item-7", "by id 7");
        await site.IsGoneAsync("/api/7");
        process = await site.ProcessAsync();

        // A file goes: that takes a restart, which dotnet watch does by itself.
        await site.DeleteAsync("site/pages/api/item-[id].cs");
        await site.IsGoneAsync("/api/item-7");
        await site.AnswersAsync("/api/hello?name=you", "refused");
        Assert.NotEqual(process, await site.ProcessAsync());

        // A guard comes that can't be: the site stops rather than go on without it, and starts again with the edit that mends it.
        await site.StopsAsync("site/pages/api/hello.cs",
            """[Wrong] public static class Hello { public static string Get(string name) => "unguarded"; }""");
        await site.WriteAsync("site/pages/api/hello.cs",
            """public static class Hello { public static string Get(string name) => "mended"; }""");
        await site.AnswersAsync("/api/hello?name=you", "mended");
    }

    [Fact]
    public async Task Dotnet_watch_applies_changes_of_event_files_and_of_a_library_too()
    {
        using var key = RSA.Create(2048);
        var publicKey = Convert.ToBase64String(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()));
        await using var site = await WatchedSite.StartAsync(new Dictionary<string, string>
        {
            ["site/Program.cs"] = Program
                .Replace("var app =", $"""
                    builder.Services.AddWix(options => (options.ClientId, options.ClientSecret, options.PublicKey, options.Inbox.Path) =
                        ("{Guid.NewGuid()}", new("secret"), "{publicKey}", ":memory:"));
                    var app =
                    """, StringComparison.Ordinal)
                .Replace("app.Run();", "app.MapWixEvents(); app.Run();", StringComparison.Ordinal),
            ["site/events/thing.cs"] = Handler("Thing", "edited"),
            ["site/pages/api/process.cs"] = Process,
            ["library/pages/api/shelf.cs"] = Shelf,
        });
        await site.AnswersAsync("/api/shelf", "empty");
        await site.ShowsAsync("/_endpoints", "shop.v1.thing_edited");
        var process = await site.ProcessAsync();

        // An event file handles another event, another one comes, and an elevated endpoint.
        await site.WriteAsync("site/events/thing.cs", Handler("Thing", "moved"));
        await site.ShowsAsync("/_endpoints", "shop.v1.thing_moved");
        await site.WriteAsync("site/events/other.cs", Handler("Other", "sold"));
        await site.ShowsAsync("/_endpoints", "shop.v1.thing_sold");
        await site.WriteAsync("site/pages/api/mine.cs", """
            using Endpoints.Wix;

            [Elevate(Callers.Member, RateLimit = "30/1m")]
            public static class Mine { public static string Get(WixAuth auth) => auth.ToString()!; }
            """);
        await site.ShowsAsync("/_endpoints", "pages/api/mine.cs");
        await site.IsStillAsync(process);

        await site.WriteAsync("library/pages/api/shelf.cs", """public static class Shelf { public static string Get() => "full"; }""");
        await site.AnswersAsync("/api/shelf", "full");

        await site.WriteAsync("library/pages/api/box.cs", """public static class Box { public static string Get() => "box"; }""");
        await site.AnswersAsync("/api/box", "box");
        await site.IsStillAsync(process);

        await site.DeleteAsync("library/pages/api/box.cs");
        await site.IsGoneAsync("/api/box");
        Assert.NotEqual(process, await site.ProcessAsync());
    }

    private static string Handler(string name, string done) => $$"""
        using Endpoints.Wix;

        [WixEvent("shop.v1.thing_{{done}}")]
        public static class {{name}} { public static void Handle(WixEvent received) { } }
        """;
}
