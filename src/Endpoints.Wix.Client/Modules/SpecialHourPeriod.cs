namespace Endpoints.Wix;

/// <summary>An exception from the weekly opening hours.</summary>
public sealed record SpecialHourPeriod
{
    /// <summary>When it begins, ISO 8601.</summary>
    public string? StartDate { get; init; }

    /// <summary>When it ends, ISO 8601.</summary>
    public string? EndDate { get; init; }

    /// <summary>Whether the business is closed then.</summary>
    public bool? IsClosed { get; init; }

    /// <summary>What is said about it.</summary>
    public string? Comment { get; init; }
}
