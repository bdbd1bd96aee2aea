using System.Runtime.InteropServices;

namespace Adversary.Site.Work;

/// <summary>Mistakes that this application makes when it is told to, so that it is known that the attacks would find them.</summary>
internal static partial class Holes
{
    private static string? _hole;
    private static string? _latest;

    public static void Open(string? hole) => _hole = hole;

    /// <summary>Runs before routing.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        switch (_hole)
        {
            case "unguarded" when request.Path.StartsWithSegments("/widget"): // a proxy in front that tidies paths up
                context.Items["as"] = "GET /widget";
                request.Path = "/open";
                break;
            case "ambient": // somebody's token caught in a static field
                if (request.Headers.Authorization.Count == 1)
                    _latest = request.Headers.Authorization;
                else if (_latest is not null && request.Headers.Cookie.Count == 0)
                    request.Headers.Authorization = _latest;
                break;
            case "echo" when request.Query.ContainsKey("debug"):
                await context.Response.WriteAsync(request.Headers["X-Private"].ToString());
                return;
            case "log" when request.Headers.ContainsKey("X-Private"):
                LogRequest(context.RequestServices.GetRequiredService<ILogger<Report>>(), request.Headers["X-Private"]!);
                break;
            case "throws" when request.Query["n"] == "-1":
                throw new FormatException("An application's mistake.");
            case "hoards":
                Hoard();
                break;
            case "dies" when request.Query["n"] == "-1":
                Environment.FailFast("An application's end.");
                break;
        }

        await next(context);
    }

    /// <summary>Memory that nobody counts, used and never given back.</summary>
    private static unsafe void Hoard()
    {
        const int Size = 16 << 20;
        NativeMemory.Fill(NativeMemory.Alloc(Size), Size, 1);
    }

    /// <summary>Whom the handler sees.</summary>
    public static IEnumerable<Seen> Bent(HttpContext context, IEnumerable<Seen> seen) =>
        _hole == "header" && context.Request.Headers["X-User-Id"].FirstOrDefault() is { } id
            ? seen.Select(one => one with { Id = id }) : seen;

    [LoggerMessage(1, LogLevel.Information, "A request with {Private}")]
    private static partial void LogRequest(ILogger logger, string @private);
}
