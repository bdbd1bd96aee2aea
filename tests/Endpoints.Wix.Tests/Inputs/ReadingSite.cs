using System.Text.Json;
using Endpoints.Wix.Emulator;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Inputs;

/// <summary>An application whose handlers read everything that there is to read of a request, and never throw by themselves.</summary>
internal static class ReadingSite
{
    private static readonly (string Route, Type Handler)[] Files =
    [
        ("/echo/[...rest]", typeof(Echo)), ("/bound/[id]", typeof(Bound)), ("/form", typeof(Forms)), ("/fields", typeof(Fields)),
        ("/read", typeof(Own)), ("/links/[...rest]", typeof(Links)), ("/go/[...rest]", typeof(Go)),
        ("/again/[...rest]", typeof(Again)), ("/checked", typeof(Checked)), ("/elevated", typeof(Elevated)),
        ("/elevated/form", typeof(ElevatedForm)), ("/elevated/raw", typeof(ElevatedRaw)), ("/caller", typeof(Callers_)),
        ("/cookies", typeof(Cookies)), ("/typed", typeof(Typed)), ("/download/[...rest]", typeof(Download)),
        ("/uploads", typeof(Uploads)),
        ("/values", typeof(Values)), ("/deep", typeof(Deep)),
    ];

    public static void AddTo(WebApplicationBuilder builder, WixEmulator wix, ErrorLogs logs)
    {
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddFileRoutes();
        builder.Services.AddWix(options =>
        {
            (options.ClientId, options.ClientSecret, options.InstanceId, options.ApiBaseAddress) =
                (wix.App.ClientId, new(wix.App.ClientSecret), wix.InstanceId, wix.Address);
            options.PublicOrigin = new("http://localhost");
        });
        builder.Services.AddWixDashboardCors();
        builder.Services.AddWixWidgetCors();
        Surfaces.OnlyControllers.AddTo(builder, typeof(ReadingController));
    }

    public static void Map(WebApplication app)
    {
        app.UseCors();
        app.MapFileRoutes(
        [
            .. Files.Select(static file => new FileRoute($"pages{file.Route}.cs", file.Route, file.Handler,
                [.. file.Handler.GetMethods().Where(static method => method.DeclaringType != typeof(object))
                    .Select(static method => new FileRouteMethod(method.Name.ToUpperInvariant(), method.Name))])),
        ]);
        app.MapWixAuth();
        app.MapPost("/minimal", static (Order order, int? page) => $"{order.Name} {page}").Elevate(Callers.Visitor).WithValidation();
        app.MapControllers();
    }

    private static string Read(ApiContext context)
    {
        var request = context.Request;
        var cookies = request.Cookies.Select(cookie => context.Cookies.Get(cookie.Key)).Append(context.Cookies.Get("a")).OfType<ApiCookie>()
            .Select(static cookie => $"{cookie.Value} {cookie.Number()} {cookie.Boolean()} {cookie}");
        context.Cookies.Set("seen", string.Join(',', context.Params.Values) + context.Url.Query);
        context.Cookies.Set("count", request.Query.Count, new ApiCookieOptions { HttpOnly = true });
        context.Cookies.Delete("gone");
        context.Locals["path"] = context.Url.AbsoluteUri;
        return string.Join('\n', [
            context.Url.ToString(), context.Url.Host, context.OriginPathname, context.RoutePattern, context.ClientAddress,
            $"{context.Site}", $"{context.Cookies.Has("b")}", request.Method, request.Path.Value, $"{request.PathBase}",
            $"{request.QueryString}", Framework(() => request.Host.Value), $"{context.Locals.Count}", .. cookies,
            .. context.Params.Select(static value => $"{value.Key}={value.Value}"),
            .. request.Query.Select(static value => $"{value.Key}={value.Value}"),
            .. request.Headers.Select(static header => $"{header.Key}={header.Value}")]);
    }

    // Without ICU the framework itself throws when it decodes a host such as xn--zzzzzz.
    private static string? Framework(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException e) when (e.ParamName == "ascii")
        {
            return null;
        }
    }

    public sealed class Order
    {
        public string? Name { get; set; }

        public int Count { get; set; }

        public DateTime? At { get; set; }

        public DayOfWeek State { get; set; }

        public List<Order> Items { get; set; } = [];
    }

    internal sealed class OrderValidator : AbstractValidator<Order>
    {
        public OrderValidator()
        {
            RuleFor(static order => order.Name).NotEmpty().MaximumLength(100);
            RuleForEach(static order => order.Items).ChildRules(static item => item.RuleFor(static one => one.Name).NotEmpty());
        }
    }

    public sealed record Plain(string Name, int Count, Dictionary<string, JsonElement>? More);

    public static class Echo
    {
        public static string All(ApiContext context) => Read(context);
    }

    public static class Bound
    {
        public static string Get(int id, string? name, int? page, DateTimeOffset? at, Guid? key, DayOfWeek? state, [FromQuery] string[] ids,
            [FromHeader(Name = "X-Page")] int? header, ApiContext context) =>
            $"{id} {name} {page} {at} {key} {state} {ids.Length} {header} {Read(context)}";

        public static string Post(string id, Plain plain, ApiContext context) => $"{id} {plain} {Read(context)}";

        public static string Patch(string id, [FromBody] Plain? plain) => $"{id} {plain}";

        public static string Put(string id, JsonElement json) => $"{id} {json}";
    }

    public static class Cookies
    {
        public static string All(ApiContext context)
        {
            var cookie = context.Cookies.Get("a");
            var options = new ApiCookieOptions { MaxAge = TimeSpan.FromDays(1), SameSite = SameSiteMode.Lax };
            context.Cookies.Set("a", cookie?.Value ?? "", options);
            context.Cookies.Set("all", context.Request.Cookies.Select(static one => one.Value).ToArray());
            return $"{cookie?.Json<Plain>()} {context.Cookies.Get("b")?.Json<JsonElement>()} {context.Cookies.Get("A")?.Json<List<int>>()}";
        }
    }

    public static class Typed
    {
        public static string All(HttpRequest request)
        {
            var headers = request.GetTypedHeaders();
            return Framework(() => $"{string.Join(',', headers.Accept)} {headers.IfNoneMatch.Count} {headers.Range} "
                + $"{headers.IfModifiedSince} {headers.Cookie.Count} {headers.Date} {headers.Referer} {headers.AcceptLanguage.Count} "
                + $"{headers.ContentType} {headers.Host} "
                + $"{Microsoft.AspNetCore.Http.Extensions.UriHelper.GetDisplayUrl(request)} {Boundary(request)}") ?? "";
        }

        private static string Boundary(HttpRequest request) =>
            Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.Boundary.ToString() : "";
    }

    public static class Download
    {
        public static IResult Get(string? rest) => TypedResults.File("0123456789"u8.ToArray(), "text/plain", rest,
            enableRangeProcessing: true, DateTimeOffset.UnixEpoch, new("\"x\""));

        public static IResult Post(string? rest) => TypedResults.Created($"/download/{Uri.EscapeDataString(rest ?? "")}", rest);
    }

    public static class Uploads
    {
        public static async Task<string> Post(IFormFileCollection files, HttpRequest request)
        {
            var text = $"{(await request.ReadFormAsync()).Count}";
            foreach (var file in files)
            {
                await using var content = file.OpenReadStream();
                using var reader = new StreamReader(content);
                text += $"{file.Name} {file.FileName} {file.ContentType} {file.ContentDisposition} {file.Headers?.Count} {file.Length} "
                    + await reader.ReadToEndAsync();
            }

            return text;
        }

        public static string Put([FromForm] IFormFile? file, [FromForm(Name = "name")] string? name, [FromForm] int[]? ids) =>
            $"{file?.Length} {name} {ids?.Length}";
    }

    public static class Values
    {
        public static string Get(Uri? uri, TimeSpan? span, decimal? price, bool? flag, char? c, TimeOnly? at, DayOfWeek[]? days,
            long?[]? ids, [FromQuery(Name = "name")] string? name, [FromHeader(Name = "Accept-Language")] string[]? languages,
            [FromHeader(Name = "Date")] DateTimeOffset? date, int page = 1) =>
            $"{uri?.OriginalString} {span} {price} {flag} {c} {at} {days?.Length} {ids?.Length} {name} {languages?.Length} {date} {page}";

        public static string Delete([AsParameters] Asked asked) => $"{asked.Page} {asked.Name} {asked.Ids?.Length}";
    }

    public sealed record Asked(int? Page, string? Name, [FromQuery(Name = "ids")] int[]? Ids, [FromHeader(Name = "X-Page")] int? Header);

    public static class Deep
    {
        public static string Post(Branch branch) => $"{branch.Inner?.Map?.Count} {branch.Numbers?.Length} {branch.GetType().Name}";

        public static string Put([FromForm] Leaf leaf) => $"{leaf.Map?.Count} {leaf.Numbers?.Count} {leaf.File?.Length} {leaf.Day}";

        public static string Patch(List<Dictionary<string, Branch?>?> branches) => $"{branches.Count}";
    }

    [System.Text.Json.Serialization.JsonDerivedType(typeof(Twig), "a")]
    [System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    public class Branch
    {
        public Branch? Inner { get; init; }

        public Dictionary<string, Branch?>? Map { get; init; }

        public int[]? Numbers { get; init; }
    }

    public sealed class Twig : Branch
    {
        public required string Name { get; init; }
    }

    public sealed class Leaf
    {
        public Dictionary<string, int>? Map { get; set; }

        public List<int>? Numbers { get; set; }

        public IFormFile? File { get; set; }

        public DayOfWeek? Day { get; set; }

        public Leaf? Inner { get; set; }
    }

    public static class Forms
    {
        public static string Post([FromForm] Order order, ApiContext context) => $"{order.Name} {order.Items.Count} {Read(context)}";

        public static string Put(IFormCollection form) => string.Join(',', form.Keys);
    }

    public static class Fields
    {
        public static string Post([FromForm] string? name, [FromForm] int? count, [FromForm] DateTime? at, [FromForm] DayOfWeek? state,
            IFormFile? file) => $"{name} {count} {at} {state} {file?.FileName} {file?.Length}";

        public static string Put(IFormFileCollection files) =>
            string.Join(',', files.Select(static file => $"{file.Name} {file.FileName} {file.ContentType}"));
    }

    public static class Own
    {
        public static async Task<string> Post(HttpRequest request)
        {
            if (request.HasFormContentType)
                return string.Join(',', (await request.ReadFormAsync()).Keys);
            return $"{await request.ReadFromJsonAsync<Plain>()}";
        }

        public static string Put(HttpRequest request) => string.Join(',', request.Form.Keys);

        public static async Task<string> Patch(Stream body)
        {
            using var reader = new StreamReader(body);
            return await reader.ReadToEndAsync();
        }
    }

    public static class Links
    {
        public static IResult Get(string? rest, ApiContext context, LinkGenerator links) =>
            Results.Text(
                $"{links.GetPathByName(context.Request.HttpContext, "named", new { rest })} "
                + Framework(() => links.GetUriByName(context.Request.HttpContext, "named", new { rest = $"{context.Request.Query["to"]}" })));

        [EndpointName("named")]
        public static IResult Post(string? rest, HttpRequest request) => Framework(() => request.Host.Value) is null
            ? TypedResults.NoContent()
            : TypedResults.CreatedAtRoute("named", new { rest });
    }

    public static class Go
    {
        public static IResult Get(string? rest, ApiContext context) =>
            context.Redirect($"/echo?to={Uri.EscapeDataString(rest ?? "")}&path={context.Url.AbsolutePath}");
    }

    public static class Again
    {
        public static IResult All(string? rest, ApiContext context) =>
            context.Rewrite($"/echo/{Uri.EscapeDataString(rest ?? "")}{context.Url.Query}");
    }

    public static class Checked
    {
        public static string Post(Order order) => order.Name!;
    }

    [Elevate(Callers.Visitor | Callers.Member | Callers.User | Callers.App)]
    public static class Elevated
    {
        public static string Get(int? page, DayOfWeek? state, [FromHeader(Name = "X-State")] DayOfWeek? header, Caller caller) =>
            $"{page} {state} {header} {caller.Kind}";

        public static string Post(Order order, Caller caller) => $"{order.Name} {caller.Kind}";

        public static string Patch(JsonElement json) => $"{json}";
    }

    [Elevate(Callers.Visitor | Callers.Member)]
    public static class ElevatedForm
    {
        public static string Post([FromForm] Order order) => $"{order.Name}";

        public static string Put(IFormFile? file) => $"{file?.FileName}";
    }

    [Elevate(Callers.Visitor | Callers.Member)]
    public static class ElevatedRaw
    {
        public static Task<string> Post(HttpRequest request) => Own.Post(request);

        public static Task<string> Put(Stream body) => Own.Patch(body);
    }

    public static class Callers_
    {
        public static string Get(Caller caller, ApiContext context) => $"{caller.Kind} {caller.Id} {Read(context)}";
    }

    [ApiController, Route("/action"), Elevate(Callers.Visitor | Callers.Member)]
    internal sealed class ReadingController : ControllerBase
    {
        [HttpGet]
        public string Get(int? page, [FromQuery] Plain? plain) => Request.Method + $"{page} {plain}";

        [HttpPost]
        public string Post(Order order) => Request.Method + $"{order.Name}";

        [HttpPut]
        public string Put([FromForm] Order order) => Request.Method + $"{order.Name}";
    }
}
