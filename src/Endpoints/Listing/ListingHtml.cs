using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Endpoints.Listing;

/// <summary>Writes the page. All text from elsewhere is encoded. The page loads nothing and runs nothing.</summary>
internal static class ListingHtml
{
    /// <summary>The style of the pages that exist during development.</summary>
    public const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d8dee4; --ground: #f6f8fa; --paper: #fff;
          --chip: #eaeef2; --mark: #0550ae; --limit: #7a4200; --limit-ground: #fff3dc; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9ba6b2; --line: #30363d; --ground: #0d1117;
          --paper: #161b22; --chip: #262d36; --mark: #79c0ff; --limit: #f2cc8f; --limit-ground: #3a2c12; } }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, sans-serif; }
        header { margin: 0 0 1.5rem; } h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 2rem 0 .6rem; font-size: 1.05rem; }
        p { margin: .25rem 0 0; color: var(--soft); max-width: 70ch; }
        .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
          .scroll:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
        table { width: 100%; border-collapse: collapse; } caption { text-align: left; padding: .7rem 1rem; color: var(--soft); }
        th, td { padding: .6rem 1rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); font-weight: 400; }
          thead th { font-weight: 600; font-size: .82rem; color: var(--soft); white-space: nowrap; }
        code { font: 13px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: break-word; }
          tbody th code { font-weight: 600; }
        .method { display: inline-block; margin: 0 .25rem .15rem 0; padding: 0 .45rem; border: 1px solid var(--line);
          border-radius: 5px; color: var(--mark); font: 600 12px/1.6 ui-monospace, Menlo, Consolas, monospace; }
        ul { margin: 0; padding: 0; min-width: 11rem; list-style: none; } li { margin: 0 0 .25rem; padding: .1rem .5rem;
          width: fit-content; border-radius: 5px; background: var(--chip); } li.limit { background: var(--limit-ground);
          color: var(--limit); }
        li b { font-weight: 600; } .none, small { color: var(--soft); } small { display: block; }
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Default;

    /// <summary>Gets the policy that allows the page's own style and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } = PolicyOf("'none'");

    public static string Write(string application, IReadOnlyList<ListedEndpoint> endpoints)
    {
        var files = endpoints.Where(static endpoint => endpoint.File is not null).ToArray();
        var others = endpoints.Where(static endpoint => endpoint.File is null).ToArray();
        var html = new StringBuilder(4096);
        Begin(html, "Endpoints of " + application,
            "What this application answers, and who may ask. This page exists during development only.");
        WriteTable(html, "files", "Endpoint files", "In the order in which their routes are tried.", files,
            "No endpoint files are mapped.");
        if (others.Length > 0)
            WriteTable(html, "others", "Other endpoints", "Mapped by the application without a file.", others, "");
        return End(html);
    }

    /// <summary>Begins a page: everything up to the content of its main part.</summary>
    public static void Begin(StringBuilder html, string title, string about) =>
        html.Append(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
            + "content=\"width=device-width, initial-scale=1\">\n<title>").Append(Encoder.Encode(title)).Append("</title>\n<style>")
            .Append(Style.ReplaceLineEndings("\n")).Append("</style>\n</head>\n<body>\n<header>\n<h1>").Append(Encoder.Encode(title))
            .Append("</h1>\n<p>").Append(Encoder.Encode(about)).Append("</p>\n</header>\n<main>\n");

    /// <summary>Ends a page, and returns it.</summary>
    public static string End(StringBuilder html) => html.Append("</main>\n</body>\n</html>\n").ToString();

    /// <summary>Returns the policy that allows the style, and forms that are sent to a target.</summary>
    public static string PolicyOf(string formAction) =>
        $"default-src 'none'; style-src 'sha256-{Digest(Style.ReplaceLineEndings("\n"))}'; base-uri 'none'; form-action {formAction}; "
        + "frame-ancestors 'none'";

    private static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void WriteTable(StringBuilder html, string id, string title, string caption, ListedEndpoint[] endpoints, string none)
    {
        html.Append("<section aria-labelledby=\"").Append(id).Append("\">\n<h2 id=\"").Append(id).Append("\">").Append(title).Append(" (")
            .Append(endpoints.Length).Append(")</h2>\n");
        if (endpoints.Length == 0)
        {
            html.Append("<p>").Append(none).Append("</p>\n</section>\n");
            return;
        }
        html.Append("<div class=\"scroll\" role=\"region\" aria-labelledby=\"").Append(id).Append("\" tabindex=\"0\">\n<table>\n<caption>")
            .Append(caption)
            .Append("</caption>\n<thead><tr><th scope=\"col\">Method</th><th scope=\"col\">Route</th><th scope=\"col\">")
            .Append(id == "files" ? "File" : "Name")
            .Append("</th><th scope=\"col\">Guards</th><th scope=\"col\">Limits</th></tr></thead>\n<tbody>\n");
        foreach (var endpoint in endpoints)
            WriteRow(html, endpoint);
        html.Append("</tbody>\n</table>\n</div>\n</section>\n");
    }

    private static void WriteRow(StringBuilder html, ListedEndpoint endpoint)
    {
        html.Append("<tr><td>");
        foreach (var method in endpoint.Methods.DefaultIfEmpty("any"))
            html.Append("<span class=\"method\">").Append(Encoder.Encode(method)).Append("</span>");
        html.Append("</td><th scope=\"row\"><code>").Append(Encoder.Encode(endpoint.Route)).Append("</code></th><td>");
        if (endpoint.File is { } file)
            html.Append("<code>").Append(Encoder.Encode(file)).Append("</code>");
        else
            html.Append(Encoder.Encode(endpoint.Name ?? ""));
        if (endpoint.Folders.Count > 0)
            html.Append("<small>with ").Append(Encoder.Encode(string.Join(", ", endpoint.Folders))).Append("</small>");
        html.Append("</td><td>");
        WriteGuards(html, endpoint.Guards, areLimits: false);
        html.Append("</td><td>");
        WriteGuards(html, endpoint.Guards, areLimits: true);
        html.Append("</td></tr>\n");
    }

    private static void WriteGuards(StringBuilder html, IReadOnlyList<ListedGuard> guards, bool areLimits)
    {
        var shown = guards.Where(one => one.Guard.IsLimit == areLimits).ToArray();
        if (shown.Length == 0)
        {
            html.Append("<span class=\"none\">none</span>");
            return;
        }
        html.Append("<ul>");
        foreach (var (guard, status) in shown)
        {
            html.Append(areLimits ? "<li class=\"limit\"><b>" : "<li><b>").Append(Encoder.Encode(guard.Name)).Append("</b> ")
                .Append(Encoder.Encode(guard.Value));
            if (status is not null)
                html.Append("<small>").Append(Encoder.Encode(status.ToString())).Append("</small>");
            html.Append("</li>");
        }
        html.Append("</ul>");
    }
}
