namespace Endpoints.Testing;

/// <summary>What became of a request.</summary>
public enum GuardMatrixOutcome
{
    /// <summary>The guards let it pass to the handler.</summary>
    Admitted,

    /// <summary>It was refused with 401 or 403.</summary>
    Refused,

    /// <summary>The lock lets this kind of caller in, and it was refused with 401 or 403 where a policy of the lock's or a demand of <c>[Authorize]</c> stands besides.</summary>
    RefusedByPolicy,

    /// <summary>It was answered in a way that says nothing of the guards. Always a difference.</summary>
    Unknown,
}
