namespace Endpoints.Wix.Calls;

/// <summary>Whose calls shall see what they wrote.</summary>
internal interface IConsistencyOwner
{
    /// <summary>What it is known by across requests; null when it is not.</summary>
    string? Key { get; }

    /// <summary>Whether anybody can be as many of its kind as Wix gives out tokens.</summary>
    bool IsAnybody { get; }
}
