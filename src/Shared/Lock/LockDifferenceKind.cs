namespace Endpoints.Shared.Lock;

/// <summary>Specifies the direction in which the code differs from the guard lock.</summary>
internal enum LockDifferenceKind
{
    /// <summary>An endpoint that the lock does not contain.</summary>
    New,

    /// <summary>Code that lets more through than the lock.</summary>
    Wider,

    /// <summary>Code that lets less through than the lock, or no longer anything.</summary>
    Narrower,
}
