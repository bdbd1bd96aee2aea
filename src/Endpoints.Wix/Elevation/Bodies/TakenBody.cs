using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Represents a body that has been buffered and checked, for the next reader, as a stream or a pipe reader.</summary>
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

    /// <summary>Replaces the request's body with a reader.</summary>
    /// <param name="context">The request.</param>
    /// <param name="taken">The reader, which contains the whole unread body.</param>
    public static void HandOn(HttpContext context, PipeReader taken)
    {
        var body = new TakenBody(context, taken);
        context.Request.Body = body._stream;
        context.Features.Set<IRequestBodyPipeFeature>(body);
    }
}
