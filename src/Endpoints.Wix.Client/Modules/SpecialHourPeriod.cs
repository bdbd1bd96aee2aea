namespace Endpoints.Wix;

/// <summary>Represents an exception from the weekly opening hours.</summary>
public sealed record SpecialHourPeriod
{
    /// <summary>Gets the start of the period, in ISO 8601 format.</summary>
    public string? StartDate { get; init; }

    /// <summary>Gets the end of the period, in ISO 8601 format.</summary>
    public string? EndDate { get; init; }

    /// <summary>Gets a value that indicates whether the business is closed during the period.</summary>
    public bool? IsClosed { get; init; }

    /// <summary>Gets the comment on the period.</summary>
    public string? Comment { get; init; }
}
