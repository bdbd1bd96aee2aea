using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Endpoints.Wix.Media;

/// <content>Uploads, which are two requests: one for an address, and one with the bytes.</content>
public partial class Files
{
    /// <summary>Uploads a file: asks Wix for an address and sends the bytes there, without the token.</summary>
    /// <remarks>
    /// Whoever may call this fills the site's storage: let an endpoint check the type, the size and how often somebody uploads.
    /// <paramref name="mimeType"/> is what the caller says; Wix looks at the bytes. The file is not usable at once: see
    /// <see cref="FileDescriptor.OperationStatus"/>.
    /// </remarks>
    /// <param name="content">The bytes, from where the stream is to its end. They are sent as they are read, and are not kept.</param>
    /// <param name="fileName">The file's name, without a folder.</param>
    /// <param name="mimeType">The file's type, such as <c>image/png</c>.</param>
    /// <param name="options">The options of the upload.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException"><paramref name="fileName"/> or <paramref name="mimeType"/> is empty, or not one.</exception>
    /// <exception cref="UploadTooLargeException">There are more bytes than <see cref="UploadOptions.MaxLength"/>.</exception>
    /// <exception cref="WixApiException">Wix refused the call or the bytes.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer, or the upload took too long.</exception>
    [CallsWix(Calls.GenerateFileUploadUrl, "MEDIA.SITE_MEDIA_FILES_UPLOAD")]
    public virtual async Task<FileDescriptor> UploadAsync(
        Stream content, string fileName, string mimeType, UploadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        if (fileName.AsSpan().IndexOfAny('/', '\\') >= 0)
            throw new ArgumentException("A file name can't contain a folder.", nameof(fileName));
        options ??= new();
        UploadContent bytes;
        try
        {
            bytes = new(content, mimeType, options);
        }
        catch (FormatException e)
        {
            throw new ArgumentException("The value is not a media type, such as image/png.", nameof(mimeType), e);
        }

        using (bytes)
        {
            var address = new GenerateFileUploadUrlOptions { FileName = fileName };
            if (options.ParentFolderId is not null)
                address.ParentFolderId = options.ParentFolderId;
            if (options.Private is not null)
                address.Private = options.Private;
            var answer = await GenerateFileUploadUrlAsync(mimeType, address, cancellationToken).ConfigureAwait(false);
            return FileDescriptor.Create(
                await UploadSender.SendAsync(answer.UploadUrl, fileName, bytes, options.Timeout, cancellationToken).ConfigureAwait(false));
        }
    }
}
