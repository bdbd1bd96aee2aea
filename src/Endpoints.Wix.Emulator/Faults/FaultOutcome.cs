namespace Endpoints.Wix.Emulator.Faults;

/// <summary>What happens to a call after a fault has had its turn.</summary>
internal enum FaultOutcome
{
    /// <summary>The next fault, and then the platform, gets it.</summary>
    GoOn,

    /// <summary>It has been answered.</summary>
    Done,

    /// <summary>It will never be answered.</summary>
    Dropped,

    /// <summary>The platform carries it out, and its answer is thrown away with the connection.</summary>
    LoseAnswer,
}
