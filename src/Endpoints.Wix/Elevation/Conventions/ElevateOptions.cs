namespace Endpoints.Wix;

/// <summary>
/// Represents the settings of <c>.Elevate(callers, options => ...)</c>. They correspond to the properties of
/// <see cref="ElevateAttribute"/>.
/// </summary>
/// <remarks>
/// Assign the settings in the lambda itself, one statement each: the guard lock reads them there. Anything else that the lambda does has
/// separate entries in the lock. The settings are read when the lambda has returned.
/// </remarks>
public sealed class ElevateOptions
{
    internal ElevateOptions()
    {
    }

    /// <inheritdoc cref="ElevateAttribute.RateLimit"/>
    public string? RateLimit { get; set; }

    /// <inheritdoc cref="ElevateAttribute.Policy"/>
    public string? Policy { get; set; }

    /// <inheritdoc cref="ElevateAttribute.Only"/>
    public IReadOnlyList<string>? Only { get; set; }

    /// <inheritdoc cref="ElevateAttribute.Check"/>
    public Type? Check { get; set; }

    /// <inheritdoc cref="ElevateAttribute.App"/>
    public string? App { get; set; }
}
