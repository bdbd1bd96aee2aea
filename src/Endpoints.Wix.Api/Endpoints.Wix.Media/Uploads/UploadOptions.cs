using System;

namespace Endpoints.Wix.Media;

/// <summary>Represents the options of an upload.</summary>
public sealed class UploadOptions
{
    /// <summary>The default of <see cref="MaxLength"/>: 25 MiB.</summary>
    public const long DefaultMaxLength = 25 * 1024 * 1024;

    /// <summary>Gets or sets the most bytes that are sent. The default is <see cref="DefaultMaxLength"/>.</summary>
    public long MaxLength { get; set; } = DefaultMaxLength;

    /// <summary>Gets or sets how long the sending may take. The default is 5 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the folder's id; the site's root folder for <see langword="null"/>.</summary>
    public string? ParentFolderId { get; set; }

    /// <summary>Gets or sets whether the file is private.</summary>
    public bool? Private { get; set; }

    /// <summary>Gets or sets what hears how many bytes have been sent.</summary>
    public IProgress<long>? Progress { get; set; }
}
