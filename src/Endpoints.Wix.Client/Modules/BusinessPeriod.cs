namespace Endpoints.Wix;

/// <summary>Represents a weekly opening period.</summary>
public sealed record BusinessPeriod
{
    /// <summary>Gets the day on which the period begins, from <c>MONDAY</c> to <c>SUNDAY</c>.</summary>
    public string? OpenDay { get; init; }

    /// <summary>Gets the time at which the period begins, such as <c>09:00</c>.</summary>
    public string? OpenTime { get; init; }

    /// <summary>Gets the day on which the period ends.</summary>
    public string? CloseDay { get; init; }

    /// <summary>Gets the time at which the period ends, such as <c>17:00</c>.</summary>
    public string? CloseTime { get; init; }
}
