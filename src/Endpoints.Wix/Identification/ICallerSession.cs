namespace Endpoints.Wix.Identification;

/// <summary>The session that a caller's token is of, as it was when it was looked up. It may end before the token does.</summary>
internal interface ICallerSession
{
    /// <summary>Whether it has been ended here since it was looked up.</summary>
    bool HasEnded { get; }

    /// <summary>Looks it up again, here and at the other nodes.</summary>
    /// <returns>The session as it is now; null when it has ended.</returns>
    ValueTask<ICallerSession?> LookUpAsync();
}
