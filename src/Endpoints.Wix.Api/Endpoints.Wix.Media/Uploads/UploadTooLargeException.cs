using System;

namespace Endpoints.Wix.Media;

/// <summary>An upload has more bytes than <see cref="UploadOptions.MaxLength"/> allows. Wix has no file of it.</summary>
public sealed class UploadTooLargeException : Exception
{
    internal UploadTooLargeException(long maxLength)
        : base($"The upload has more than the {maxLength} bytes that it may have.")
    {
    }
}
