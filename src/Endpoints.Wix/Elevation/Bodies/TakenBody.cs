using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>A body that has been read to its end and looked at, for whoever reads it next, as a stream or by a reader.</summary>
internal sealed class TakenBody : IRequestBodyPipeFeature
{
    private readonly HttpContext _context;
    private readonly PipeReader _taken;
    private readonly Stream _stream;
    private RequestBodyPipeFeature? _replaced;

    private TakenBody(HttpContext context, PipeReader taken)
    {
        _context = context;
        _taken = taken;
        _stream = taken.AsStream(leaveOpen: true);
    }

    // Somebody may put another stream in front of this one.
    public PipeReader Reader => ReferenceEquals(_context.Request.Body, _stream) ? _taken : (_replaced ??= new(_context)).Reader;

    /// <summary>Makes a reader the request's body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="taken">The reader, with the whole body unread in it.</param>
    public static void HandOn(HttpContext context, PipeReader taken)
    {
        var body = new TakenBody(context, taken);
        context.Request.Body = body._stream;
        context.Features.Set<IRequestBodyPipeFeature>(body);
    }
}
