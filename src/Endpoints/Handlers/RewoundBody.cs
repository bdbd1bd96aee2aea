using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Handlers;

/// <summary>Lets the second file of a rewrite read the body that the first one has read.</summary>
internal static class RewoundBody
{
    /// <summary>
    /// Buffers the body while binding reads it as JSON, if the handler may rewrite the request: it takes the context that does so. The body
    /// is in memory as objects anyway. The framework keeps forms. A handler that reads the body itself, perhaps as a stream, has to enable
    /// buffering.
    /// </summary>
    public static RequestDelegate Keep(RequestDelegate next, IList<object> metadata, MethodInfo handler)
    {
        if (!BindsJson(metadata)
            || !handler.GetParameters()
                .Any(static parameter => parameter.ParameterType == typeof(ApiContext) || parameter.ParameterType == typeof(HttpContext)))
            return next;
        return context =>
        {
            if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } && context.Request.HasJsonContentType())
                context.Request.EnableBuffering();
            return next(context);
        };
    }

    /// <summary>Rewinds the body to its beginning, if it has been read.</summary>
    /// <exception cref="InvalidOperationException">The body has been read and was not buffered.</exception>
    public static void Rewind(HttpContext context)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }
            || context.Features.Get<IFormFeature>() is { Form: not null })
            return;
        if (request.Body.CanSeek)
        {
            request.Body.Position = 0;
            // the reader that has come to the end stays there
            context.Features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(context));
            return;
        }

        // Only looks: what is still to come is not taken from whom the request is rewritten to.
        if (!request.BodyReader.TryRead(out var read))
            return;
        var isGone = read.IsCompleted && read.Buffer.IsEmpty;
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        if (isGone)
        {
            throw new InvalidOperationException(
                "The handler has read the request's body and then rewritten the request, and the other file can't read the body again. "
                + "Call Request.EnableBuffering() before the body is read, or leave the reading to the other file.");
        }
    }

    private static bool BindsJson(IList<object> metadata) =>
        metadata.OfType<IAcceptsMetadata>()
            .Any(static accepts => accepts.ContentTypes.Any(static type => type.Contains("json", StringComparison.OrdinalIgnoreCase)));
}
