namespace Endpoints.Wix.Elevation;

/// <summary>How far a request has come towards acting as the app.</summary>
internal enum GrantState
{
    /// <summary>No guard has let it pass. Whatever is not known is this.</summary>
    Refused,

    /// <summary>The guards have let it pass; the handler does not run yet.</summary>
    Admitted,

    /// <summary>The handler runs, and may act as the app.</summary>
    Granted,

    /// <summary>The right has ended, for good.</summary>
    Ended,
}
