using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Problems;

/// <summary>Describes why a form could not be read by binding or by the handler.</summary>
internal static class FormProblems
{
    /// <summary>
    /// Returns the problem if the framework could not bind a form. The framework's message blames a parameter, which may not be the cause.
    /// </summary>
    public static Problem? Bound(BadHttpRequestException exception) => exception.InnerException switch
    {
        AntiforgeryValidationException => RequestProblems.Antiforgery,
        InvalidDataException invalid => Invalid(invalid),
        IOException => RequestProblems.BrokenForm,
        _ => null,
    };

    /// <summary>
    /// Returns the problem if a handler could not read the request's form, or null if the exception is about something else.
    /// </summary>
    public static Problem? For(HttpContext context, Exception exception) => exception switch
    {
        InvalidOperationException when ReadBy.Form(exception) == ReadBy.Reader.Itself =>
            FormRead.IsKept(context) ? RequestProblems.Antiforgery : MediaTypeProblems.NoForm(context),
        InvalidDataException invalid when ReadBy.Form(exception) != ReadBy.Reader.None => Invalid(invalid),
        IOException when ReadBy.Form(exception) != ReadBy.Reader.None => RequestProblems.BrokenForm,
        // a character set that .NET knows and refuses, such as UTF-7
        NotSupportedException { TargetSite.DeclaringType: var type } when type == typeof(Encoding)
            && ReadBy.Form(exception) != ReadBy.Reader.None => MediaTypeProblems.FormCharset,
        _ => null,
    };

    /// <remarks>
    /// The framework uses one exception type for the limits of a form, for those of its parts' headers and for a malformed form. A boundary
    /// or a line without an end that is longer than allowed is no sign of a large form.
    /// </remarks>
    private static Problem Invalid(InvalidDataException exception) => exception.Message switch
    {
        var text when !text.Contains("limit", StringComparison.OrdinalIgnoreCase) => RequestProblems.BrokenForm,
        var text when text.Contains("boundary", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("Line ", StringComparison.Ordinal) => RequestProblems.BrokenForm,
        var text when text.Contains("header", StringComparison.OrdinalIgnoreCase) => RequestProblems.LargePartHeaders,
        _ => RequestProblems.FormTooLarge,
    };
}
