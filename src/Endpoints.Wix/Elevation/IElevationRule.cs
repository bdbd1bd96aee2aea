namespace Endpoints.Wix.Elevation;

/// <summary>What is said of an elevated endpoint where it is written: by <see cref="ElevateAttribute"/>.</summary>
internal interface IElevationRule
{
    Callers Callers { get; }

    string? RateLimit { get; }

    string? Policy { get; }

    string[]? Only { get; }

    Type? Check { get; }
}
