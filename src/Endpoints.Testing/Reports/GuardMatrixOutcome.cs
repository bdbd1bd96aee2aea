namespace Endpoints.Testing;

/// <summary>Specifies the outcome of a request.</summary>
public enum GuardMatrixOutcome
{
    /// <summary>The guards let the request pass to the handler.</summary>
    Admitted,

    /// <summary>The request was rejected with 401 or 403.</summary>
    Refused,

    /// <summary>
    /// The lock lets this kind of caller in, and the request was rejected with 401 or 403 where a policy of the lock or an
    /// <c>[Authorize]</c> requirement also applies.
    /// </summary>
    RefusedByPolicy,

    /// <summary>The response says nothing about the guards. This is always a difference.</summary>
    Unknown,
}
