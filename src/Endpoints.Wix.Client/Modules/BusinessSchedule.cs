namespace Endpoints.Wix;

/// <summary>Represents the opening hours of a business.</summary>
public sealed record BusinessSchedule
{
    /// <summary>Gets the weekly opening hours.</summary>
    public IReadOnlyList<BusinessPeriod>? Periods { get; init; }

    /// <summary>Gets the exceptions from the weekly opening hours.</summary>
    public IReadOnlyList<SpecialHourPeriod>? SpecialHourPeriod { get; init; }
}
