using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace Endpoints.Wix.Media;

/// <summary>The bytes of an upload: counted as they go, and cut off where they are too many.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int Piece = 64 * 1024;

    private readonly Stream _source;
    private readonly UploadOptions _options;
    private readonly long? _length;

    public UploadContent(Stream source, string mimeType, UploadOptions options)
    {
        (_source, _options) = (source, options);
        _length = source.CanSeek ? source.Length - source.Position : null;
        if (_length > options.MaxLength)
            throw new UploadTooLargeException(options.MaxLength);
        Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
    }

    public long MaxLength => _options.MaxLength;

    /// <summary>Gets a value that indicates whether there were too many bytes, whatever the result of the request.</summary>
    public bool IsTooLarge { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[Piece];
        long sent = 0;
        int read;
        while ((read = await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (sent + read > _options.MaxLength)
            {
                IsTooLarge = true;
                throw new UploadTooLargeException(_options.MaxLength);
            }

            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            sent += read;
            _options.Progress?.Report(sent);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length ?? 0;
        return _length is not null;
    }
}
