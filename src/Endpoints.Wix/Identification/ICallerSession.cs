namespace Endpoints.Wix.Identification;

/// <summary>
/// Represents the session that a caller's token belongs to, as it was when it was looked up. It may end before the token does.
/// </summary>
internal interface ICallerSession
{
    /// <summary>Gets a value that indicates whether the session has been ended here since it was looked up.</summary>
    bool HasEnded { get; }

    /// <summary>Looks up the session again, here and on the other nodes.</summary>
    /// <returns>A task that returns the current session; <see langword="null"/> if it has ended.</returns>
    ValueTask<ICallerSession?> LookUpAsync();
}
