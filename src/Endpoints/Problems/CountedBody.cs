using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Problems;

/// <summary>
/// Represents a request body that throws when more is read than the limit allows, in the server's place. A server that refuses to read on
/// closes the connection, and a client that is still sending loses the response.
/// </summary>
internal sealed class CountedBody : Stream
{
    private readonly Stream _body;
    private readonly long _limit;
    private readonly IHttpMaxRequestBodySizeFeature _server;
    private long _read;

    private CountedBody(PipeReader body, long limit, IHttpMaxRequestBodySizeFeature server)
    {
        Rest = body;
        _body = body.AsStream(leaveOpen: true);
        _limit = limit;
        _server = server;
    }

    /// <summary>Gets the reader of the unread rest, without the limit.</summary>
    public PipeReader Rest { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Counts the body of a request that may be larger than the server would read. Any other body is unchanged.</summary>
    public static void Put(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }
            || context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false, MaxRequestBodySize: { } limit } server
            || context.Request.ContentLength <= limit
            || context.Request.ContentLength > RefusedBody.Most
            || !HttpProtocol.IsHttp11(context.Request.Protocol)
            || context.Features.Get<CountedBody>() is not null)
        {
            return;
        }

        server.MaxRequestBodySize = limit + RefusedBody.Most;
        var counted = new CountedBody(context.Request.BodyReader, limit, server);
        context.Features.Set(counted);
        context.Request.Body = counted;
        context.Features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(context));
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(_body.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(_body.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        _read += read;
        // A handler may have set another limit, which the server keeps.
        return _read <= _limit || _server.MaxRequestBodySize != _limit + RefusedBody.Most
            ? read
            : throw new BadHttpRequestException("Request body too large.", StatusCodes.Status413PayloadTooLarge);
    }
}
