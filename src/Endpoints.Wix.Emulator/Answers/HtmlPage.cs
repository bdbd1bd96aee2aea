using System.Text.Encodings.Web;

namespace Endpoints.Wix.Emulator.Answers;

/// <summary>Writes the emulator's pages. Text that is not a literal of this code goes through <see cref="Text"/>.</summary>
internal static class HtmlPage
{
    public const string StylePath = "/_emulator/emulator.css";

    public static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    /// <param name="title">The title of the browser tab.</param>
    /// <param name="main">The content, as HTML.</param>
    /// <param name="policy">The sources that the content security policy allows in addition to the style sheet.</param>
    /// <param name="script">The path of a script. None by default.</param>
    /// <param name="statusCode">The status code.</param>
    /// <param name="frameAncestors">The origins that may frame the page. None by default.</param>
    public static Answer Answer(
        string title, string main, string policy = "", string? script = null, int statusCode = 200, string frameAncestors = "'none'")
    {
        var scriptTag = script is null ? "" : $"""<script src="{Text(script)}" defer></script>""";
        var html = $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)}</title>
            <link rel="stylesheet" href="{StylePath}">
            <link rel="icon" href="data:,">
            {scriptTag}
            </head>
            <body>
            <main>
            {main}
            </main>
            <footer><p>This is the Endpoints emulator of Wix, on this machine only. Nothing here reaches Wix.</p></footer>
            </body>
            </html>
            """;
        return Answers.Answer.Html(html, statusCode)
            .With("Content-Security-Policy",
                $"default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors {frameAncestors}; {policy}".TrimEnd(
                    ' ', ';'))
            .With("Cache-Control", "no-store")
            .With("Referrer-Policy", "no-referrer")
            .With("X-Content-Type-Options", "nosniff");
    }

    /// <summary>Writes a page that describes a problem.</summary>
    public static Answer Problem(string title, string text, int statusCode) =>
        Answer(title, $"<h1>{Text(title)}</h1>\n<p>{Text(text)}</p>", policy: "form-action 'none'", statusCode: statusCode);

    /// <summary>
    /// Returns the source expression of an address in a content security policy: its origin, or its scheme if it has no origin.
    /// </summary>
    public static string Source(Uri address) =>
        address.Scheme is "http" or "https" ? address.GetLeftPart(UriPartial.Authority) : $"{address.Scheme}:";
}
