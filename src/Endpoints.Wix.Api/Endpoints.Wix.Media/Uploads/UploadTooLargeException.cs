using System;

namespace Endpoints.Wix.Media;

/// <summary>An upload has more bytes than <see cref="UploadOptions.MaxLength"/> allows. Wix has no file of it.</summary>
public sealed class UploadTooLargeException : Exception
{
    internal UploadTooLargeException(long maxLength)
        : base($"The upload is larger than the allowed {maxLength} bytes.")
    {
    }
}
