namespace Endpoints.Shared.Lock;

/// <summary>In which direction code and guard lock differ.</summary>
internal enum LockDifferenceKind
{
    /// <summary>The lock does not have the endpoint.</summary>
    New,

    /// <summary>The code lets more through than the lock.</summary>
    Wider,

    /// <summary>The code lets less through than the lock, or nothing any more.</summary>
    Narrower,
}
