using System.IO.Compression;
using System.IO.Pipelines;
using Endpoints.Problems;
using Endpoints.RateLimiting;
using Endpoints.Wix.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Buffers a request's body completely, within its limit, the memory for all bodies, and the time for one.</summary>
internal static class WholeBody
{
    /// <summary>Buffers the body.</summary>
    /// <returns>
    /// The whole body, none of which is consumed, or the problem for which it is refused. Its memory is counted until the response has
    /// been sent.
    /// </returns>
    public static async ValueTask<(ReadResult Read, Problem? Problem)> ReadAsync(HttpContext context, long limit)
    {
        var reader = context.Request.BodyReader;
        BodyMemory? memory = null;
        BodyMemory.Share? share = null;
        ITimer? tooLong = null;
        try
        {
            while (true)
            {
                var reading = reader.ReadAsync(context.RequestAborted);
                if (!reading.IsCompleted && tooLong is null)
                {
                    memory ??= context.RequestServices.GetRequiredService<BodyMemory>();
                    tooLong = TimeProvider.System.CreateTimer(static state => ((PipeReader)state!).CancelPendingRead(), reader,
                        memory.Timeout, Timeout.InfiniteTimeSpan);
                }

                var read = await reading.ConfigureAwait(false);
                if (read.IsCanceled)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    share?.Dispose();
                    return (default, RequestProblems.Timeout);
                }

                if (share is not null || !read.IsCompleted || read.Buffer.Length > BodyMemory.Free)
                {
                    if (share is null)
                    {
                        memory ??= context.RequestServices.GetRequiredService<BodyMemory>();
                        context.Response.RegisterForDispose(share = memory.Begin(ClientAddress.Of(context)));
                    }

                    if (read.Buffer.Length <= limit && !share.TryGrow(read.Buffer.Length))
                    {
                        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                        share.Dispose();
                        return (default, WixProblems.RateLimited(null));
                    }
                }

                if (read.Buffer.Length > limit)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    return (default, RequestProblems.BodyTooLarge);
                }

                if (read.IsCompleted)
                    return (read, null);
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            return (default, BindingProblems.For(context, e));
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return (default, RequestProblems.BadRequest);
        }
        finally
        {
            if (tooLong is not null)
                await tooLong.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Determines whether an exception means that a body can't be read: by middleware that decompresses it (Brotli has no exception of its
    /// own for this), or by the server, for a chunk with an invalid size.
    /// </summary>
    public static bool IsUnreadable(Exception e) =>
        e is InvalidDataException or IOException { InnerException: OverflowException }
            || (e is InvalidOperationException && e.Source == typeof(BrotliStream).Assembly.GetName().Name);
}
