using System.Buffers;
using Endpoints.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Represents a body that throws when more is read than the endpoint allows, whatever its declared length.</summary>
internal sealed class LimitedBody(Stream body, long limit) : CountingBody(body)
{
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
        if (FormRead.Of(context) is not { } form)
            return false;
        var total = form.Files.Sum(static file => file.Length);
        foreach (var (name, values) in form)
            total += name.Length + values.Sum(static value => value?.Length ?? 0);
        return total > limit;
    }

    protected override void Check()
    {
        if (BytesRead > limit)
            throw new BodyTooLargeException();
    }
}
