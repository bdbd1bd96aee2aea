namespace Endpoints.Wix.Elevation;

/// <summary>
/// Allows only the transitions from <see cref="GrantState.Refused"/> to <see cref="GrantState.Admitted"/>, <see cref="GrantState.Granted"/>
/// and <see cref="GrantState.Ended"/>.
/// </summary>
/// <remarks>
/// A transition out of order throws and changes nothing. Only <see cref="GrantState.Ended"/> can be reached from every state, and it is
/// final. Not thread-safe: protected by the <see cref="ElevationGrant"/> that owns it.
/// </remarks>
/// <param name="hasCheck">
/// <see langword="true"/> if the endpoint's check must allow the request before anything is granted; otherwise, <see langword="false"/>.
/// </param>
internal struct GrantProgress(bool hasCheck)
{
    private bool _isAllowed = !hasCheck;

    private volatile GrantState _state;

    /// <summary>Gets the state, which may be read without the lock.</summary>
    public readonly GrantState State => _state;

    /// <summary>Records that the guards have let the request pass.</summary>
    /// <exception cref="InvalidOperationException">The request has already been admitted, or the grant has ended.</exception>
    public void Admit() => Move(GrantState.Refused, GrantState.Admitted);

    /// <summary>Records that the endpoint's check has allowed the request.</summary>
    /// <exception cref="InvalidOperationException">The guards have not let it pass, or the handler has begun.</exception>
    public void Allow()
    {
        Move(GrantState.Admitted, GrantState.Admitted);
        _isAllowed = true;
    }

    /// <summary>Records that the handler begins.</summary>
    /// <exception cref="InvalidOperationException">The guards have not let the request pass, its check has not allowed it, or the handler
    /// has begun before.</exception>
    public void Grant()
    {
        if (State == GrantState.Admitted && !_isAllowed)
            throw new InvalidOperationException("An elevated handler was reached past its check. The request is refused.");
        Move(GrantState.Admitted, GrantState.Granted);
    }

    /// <summary>Ends the grant, from any state.</summary>
    public void End() => _state = GrantState.Ended;

    private void Move(GrantState from, GrantState to)
    {
        if (State != from)
            throw new InvalidOperationException(
                $"An elevated handler was reached past its guards: what is {State} can't become {to}. The request is refused.");
        _state = to;
    }
}
