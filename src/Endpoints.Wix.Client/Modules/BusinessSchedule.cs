namespace Endpoints.Wix;

/// <summary>When a business is open.</summary>
public sealed record BusinessSchedule
{
    /// <summary>The weekly opening hours.</summary>
    public IReadOnlyList<BusinessPeriod>? Periods { get; init; }

    /// <summary>Exceptions from them.</summary>
    public IReadOnlyList<SpecialHourPeriod>? SpecialHourPeriod { get; init; }
}
