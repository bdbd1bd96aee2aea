namespace Endpoints.Wix.Calls;

/// <summary>Represents a caller whose calls must see the caller's own earlier writes.</summary>
internal interface IConsistencyOwner
{
    /// <summary>Gets the key that identifies the caller across requests; <see langword="null"/> if there is none.</summary>
    string? Key { get; }

    /// <summary>Gets a value that indicates whether anybody can be as many callers of this kind as Wix issues tokens.</summary>
    bool IsAnybody { get; }
}
