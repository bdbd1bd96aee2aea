namespace Endpoints.Wix.Elevation;

/// <summary>Specifies the progress of a request towards acting as the app.</summary>
internal enum GrantState
{
    /// <summary>No guard has let the request pass. Any unknown state is this one.</summary>
    Refused,

    /// <summary>The guards have let the request pass. The handler is not running yet.</summary>
    Admitted,

    /// <summary>The handler is running and may act as the app.</summary>
    Granted,

    /// <summary>The right has ended permanently.</summary>
    Ended,
}
