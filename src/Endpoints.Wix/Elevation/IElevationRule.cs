namespace Endpoints.Wix.Elevation;

/// <summary>Represents the guards that <see cref="ElevateAttribute"/> declares for an endpoint.</summary>
internal interface IElevationRule
{
    Callers Callers { get; }

    string? RateLimit { get; }

    string? Policy { get; }

    string[]? Only { get; }

    Type? Check { get; }

    string? App { get; }

    /// <summary>Gets a value that indicates whether the guards were added to one endpoint, where it is mapped.</summary>
    bool IsOfOne => false;
}
