namespace Endpoints.Wix.Emulator.Faults;

/// <summary>Specifies what happens to a call after a fault has been applied.</summary>
internal enum FaultOutcome
{
    /// <summary>The call goes on to the next fault, and then to the platform.</summary>
    GoOn,

    /// <summary>The call has been answered.</summary>
    Done,

    /// <summary>The call is never answered.</summary>
    Dropped,

    /// <summary>The platform processes the call, and its response is discarded with the connection.</summary>
    LoseAnswer,
}
