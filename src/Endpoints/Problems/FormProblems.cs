using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Problems;

/// <summary>Says why a form could not be read, whether binding or the handler has read it.</summary>
internal static class FormProblems
{
    /// <summary>The reason when the framework could not bind a form: what it says is about a parameter, which need not be at fault.</summary>
    public static Problem? Bound(BadHttpRequestException exception) => exception.InnerException switch
    {
        AntiforgeryValidationException => RequestProblems.Antiforgery,
        InvalidDataException invalid => Invalid(invalid),
        IOException => RequestProblems.BrokenForm,
        _ => null,
    };

    /// <summary>The reason when a handler could not read the request's form; null when the exception is about something else.</summary>
    public static Problem? For(HttpContext context, Exception exception) => exception switch
    {
        InvalidOperationException when ReadBy.Form(exception) == ReadBy.Reader.Itself =>
            context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? RequestProblems.Antiforgery : MediaTypeProblems.NoForm(context),
        InvalidDataException invalid when ReadBy.Form(exception) != ReadBy.Reader.None => Invalid(invalid),
        IOException when ReadBy.Form(exception) != ReadBy.Reader.None => RequestProblems.BrokenForm,
        _ => null,
    };

    /// <remarks>The framework has one type of exception for a limit and for a form that is none.</remarks>
    private static Problem Invalid(InvalidDataException exception) =>
        exception.Message.Contains("limit", StringComparison.OrdinalIgnoreCase) ? RequestProblems.FormTooLarge : RequestProblems.BrokenForm;
}
