using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Problems;

/// <summary>
/// Describes the content types that an endpoint accepts, to a client that sent another: <c>fetch</c> sends JSON as text unless it is told
/// otherwise.
/// </summary>
internal static class MediaTypeProblems
{
    private static readonly string[] Json = ["application/json"];

    private static readonly string[] Form = ["multipart/form-data", "application/x-www-form-urlencoded"];

    /// <summary>Gets the problem of a body in an unknown or unsupported character set.</summary>
    public static Problem Charset { get; } = RequestProblems.UnsupportedMediaType with
    {
        Detail = "The character set of the body is not supported. Send JSON in UTF-8, without a charset in Content-Type.",
    };

    /// <summary>Gets the problem of a form in an unsupported character set.</summary>
    public static Problem FormCharset { get; } = RequestProblems.UnsupportedMediaType with
    {
        Detail = "The character set of the form, or of a part of it, is not supported. Send the form in UTF-8.",
    };

    /// <summary>Returns the problem of a request whose content type the endpoint doesn't bind.</summary>
    public static Problem Bound(HttpContext context) => Of(context, Known(context) ?? Json);

    /// <summary>Returns the problem of a request from whose body the handler could not read JSON.</summary>
    public static Problem NoJson(HttpContext context) => Of(context, Json);

    /// <summary>Returns the problem of a request from whose body no form could be read.</summary>
    public static Problem NoForm(HttpContext context) => Of(context, Known(context) ?? Form);

    /// <summary>Returns the content types that an endpoint declares, or null if it declares none.</summary>
    private static IReadOnlyList<string>? Known(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAcceptsMetadata>() is { Count: > 0 } accepts
            && accepts[^1].ContentTypes is { Count: > 0 } types ? types : null;

    private static Problem Of(HttpContext context, IReadOnlyList<string> types)
    {
        var request = context.Request;
        var taken = string.Join(" or ", types);
        return RequestProblems.UnsupportedMediaType with
        {
            Detail = request.Headers.ContentType.Count == 0
                ? $"The request has no Content-Type. Send the body as {taken}, and say so in Content-Type."
                : $"The endpoint does not take a body of this Content-Type. Send it as {taken}.",
            Headers = new Dictionary<string, string> { [HeaderFor(request.Method)] = string.Join(", ", types) },
        };
    }

    /// <remarks>Follows the W3C's Linked Data Platform, RFC 5789 and RFC 9110, in this order.</remarks>
    private static string HeaderFor(string method) => method switch
    {
        "POST" => "Accept-Post",
        "PATCH" => "Accept-Patch",
        _ => "Accept",
    };
}
