using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Endpoints.Listing;

namespace Endpoints.Wix.Inboxes;

/// <summary>Writes the pages of failed events. All text from elsewhere is encoded. The pages load nothing and run nothing.</summary>
internal static class FailedHtml
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Default;

    /// <summary>Returns the list.</summary>
    public static string Write(string application, InboxCounts counts, InboxPage page, string proof)
    {
        var html = Begin(application);
        html.Append("<p>").Append(Number(counts.Waiting)).Append(" waiting, ").Append(Number(counts.Running)).Append(" running, ")
            .Append(Number(counts.Failed))
            .Append(" failed.</p>\n<section aria-labelledby=\"failed\">\n<h2 id=\"failed\">Failed events</h2>\n");
        if (page.Entries.Count == 0)
        {
            html.Append("<p>No events have failed.</p>\n");
        }
        else
        {
            html.Append("<div class=\"scroll\" role=\"region\" aria-labelledby=\"failed\" tabindex=\"0\">\n<table>\n<caption>")
                .Append("The latest first.</caption>\n<thead><tr><th scope=\"col\">Event</th><th scope=\"col\">Failed</th>")
                .Append("<th scope=\"col\">Attempts</th><th scope=\"col\">Error</th><th scope=\"col\">Change</th></tr></thead>\n<tbody>\n");
            foreach (var entry in page.Entries)
                WriteRow(html, entry, proof);
            html.Append("</tbody>\n</table>\n</div>\n");
        }

        if (page.Continuation is { } next)
            html.Append("<p><a href=\"?after=").Append(Encoder.Encode(Uri.EscapeDataString(next))).Append("\">Earlier events</a></p>\n");
        return ListingHtml.End(html.Append("</section>\n"));
    }

    /// <summary>Returns one event.</summary>
    public static string Write(string application, InboxEntry entry, string proof)
    {
        var html = Begin(application);
        html.Append("<section aria-labelledby=\"event\">\n<h2 id=\"event\">").Append(Encoder.Encode(entry.Queue)).Append("</h2>\n<p><code>")
            .Append(Encoder.Encode(entry.Id)).Append("</code>, ").Append(Encoder.Encode(entry.State.ToString().ToLowerInvariant()))
            .Append(", accepted ").Append(Time(entry.AcceptedAt)).Append(", attempts: ").Append(Number(entry.Attempts)).Append("</p>\n");
        if (entry.Error is { } error)
            html.Append("<h2>Error</h2>\n<pre><code>").Append(Encoder.Encode(error)).Append("</code></pre>\n");
        html.Append("<h2>Content</h2>\n<pre><code>").Append(Encoder.Encode(Encoding.UTF8.GetString(entry.Body.Span)))
            .Append("</code></pre>\n");
        if (entry.State == InboxState.Failed)
            WriteForm(html, entry, proof);
        return ListingHtml.End(html.Append("<p><a href=\"?\">All failed events</a></p>\n</section>\n"));
    }

    private static void WriteRow(StringBuilder html, InboxEntry entry, string proof)
    {
        html.Append("<tr><th scope=\"row\"><a href=\"?handler=").Append(Encoder.Encode(Uri.EscapeDataString(entry.Queue)))
            .Append("&amp;id=")
            .Append(Encoder.Encode(Uri.EscapeDataString(entry.Id))).Append("\"><code>").Append(Encoder.Encode(entry.Queue))
            .Append("</code></a><small>").Append(Encoder.Encode(entry.Id)).Append("</small></th><td>").Append(Time(entry.At))
            .Append("</td><td>").Append(Number(entry.Attempts)).Append("</td><td><code>").Append(Encoder.Encode(entry.Error ?? ""))
            .Append("</code></td><td>");
        WriteForm(html, entry, proof);
        html.Append("</td></tr>\n");
    }

    private static void WriteForm(StringBuilder html, InboxEntry entry, string proof)
    {
        html.Append("<form method=\"post\" action=\"?\">");
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [("proof", proof), ("handler", entry.Queue), ("id", entry.Id)])
        {
            html.Append("<input type=\"hidden\" name=\"").Append(name).Append("\" value=\"").Append(Encoder.Encode(value)).Append("\">");
        }

        html.Append("<button name=\"change\" value=\"run\">Run again</button> ")
            .Append("<button name=\"change\" value=\"discard\">Discard</button></form>");
    }

    private static StringBuilder Begin(string application)
    {
        var html = new StringBuilder(4096);
        ListingHtml.Begin(html, "Inbox of " + application,
            "Events that were stored and could not be handled. This page exists during development only.");
        return html;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
