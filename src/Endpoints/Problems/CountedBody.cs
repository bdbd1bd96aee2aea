using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Problems;

/// <summary>
/// Represents a request body that throws when more is read than the limit allows, in the server's place. A server that refuses to read on
/// closes the connection, and a client that is still sending loses the response. Over HTTP/2, the framework's reader of JSON may report
/// another exception than the server's, so that the request would be the endpoint's failure.
/// </summary>
internal sealed class CountedBody : CountingBody
{
    private readonly long _limit;
    private readonly long? _announced;
    private readonly IHttpMaxRequestBodySizeFeature _server;

    private CountedBody(PipeReader body, long limit, long? announced, IHttpMaxRequestBodySizeFeature server)
        : base(body.AsStream(leaveOpen: true))
    {
        Rest = body;
        _limit = limit;
        _announced = announced;
        _server = server;
    }

    /// <summary>Gets the reader of the unread rest, without the limit.</summary>
    public PipeReader Rest { get; }

    /// <summary>Counts the body of a request that may be larger than the server would read. Any other body is unchanged.</summary>
    public static void Put(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }
            || context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false, MaxRequestBodySize: { } limit } server
            || context.Request.ContentLength <= limit
            || context.Request.ContentLength > RefusedBody.Most
            || context.Features.Get<CountedBody>() is not null)
        {
            return;
        }

        server.MaxRequestBodySize = limit + RefusedBody.Most;
        var counted = new CountedBody(context.Request.BodyReader, limit, context.Request.ContentLength, server);
        context.Features.Set(counted);
        context.Request.Body = counted;
        context.Features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(context));
    }

    protected override void Check()
    {
        // A handler may have set another limit, which the server keeps. A length that is announced counts before any content does.
        if ((BytesRead > _limit || _announced > _limit) && _server.MaxRequestBodySize == _limit + RefusedBody.Most)
            throw new BadHttpRequestException("Request body too large.", StatusCodes.Status413PayloadTooLarge);
    }
}
