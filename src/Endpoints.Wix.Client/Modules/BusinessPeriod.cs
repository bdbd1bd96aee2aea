namespace Endpoints.Wix;

/// <summary>A weekly time of opening.</summary>
public sealed record BusinessPeriod
{
    /// <summary>The day it begins, <c>MONDAY</c> to <c>SUNDAY</c>.</summary>
    public string? OpenDay { get; init; }

    /// <summary>The time it begins, <c>09:00</c>.</summary>
    public string? OpenTime { get; init; }

    /// <summary>The day it ends.</summary>
    public string? CloseDay { get; init; }

    /// <summary>The time it ends, <c>17:00</c>.</summary>
    public string? CloseTime { get; init; }
}
