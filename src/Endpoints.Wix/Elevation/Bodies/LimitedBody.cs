using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Represents a body that throws when more is read than the endpoint allows, whatever its declared length.</summary>
internal sealed class LimitedBody(Stream body, long limit) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Replaces the request's body, within a limit, both as a stream and as a reader.</summary>
    public static void Put(HttpContext context, Stream body, long limit)
    {
        context.Request.Body = new LimitedBody(body, limit);
        context.Features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(context));
    }

    /// <summary>Determines whether a seekable body has more bytes left than a limit, and how it begins. Its position is restored.</summary>
    public static async ValueTask<(bool IsLarger, JsonOpening Opening)> MeasureAsync(Stream body, long limit, CancellationToken ct)
    {
        var (start, total, opening) = (body.Position, 0L, JsonOpening.Undecided);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while (total <= limit && (read = await body.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
            {
                if (opening == JsonOpening.Undecided)
                    opening = JsonOpenings.Of(new(buffer, 0, read));
                total += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            body.Position = start;
        }

        return (total > limit, opening);
    }

    /// <summary>Determines whether middleware has read a form that is larger than a limit.</summary>
    public static bool IsFormLarger(HttpContext context, long limit)
    {
        if (context.Features.Get<IFormFeature>()?.Form is not { } form)
            return false;
        var total = form.Files.Sum(static file => file.Length);
        foreach (var (name, values) in form)
            total += name.Length + values.Sum(static value => value?.Length ?? 0);
        return total > limit;
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(body.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(body.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

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
        return _read <= limit ? read : throw new BodyTooLargeException();
    }
}
