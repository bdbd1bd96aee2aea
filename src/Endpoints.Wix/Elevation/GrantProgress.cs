namespace Endpoints.Wix.Elevation;

/// <summary>The way from <see cref="GrantState.Refused"/> over <see cref="GrantState.Admitted"/> and <see cref="GrantState.Granted"/> to <see cref="GrantState.Ended"/>, and no other.</summary>
/// <remarks>A move out of its turn is an error and changes nothing. Only the end comes from anywhere, and what has ended never goes on. Guarded by the <see cref="ElevationGrant"/> it belongs to.</remarks>
/// <param name="hasCheck">Whether the endpoint's check has to allow the request before it is granted anything.</param>
internal struct GrantProgress(bool hasCheck)
{
    private bool _isAllowed = !hasCheck;

    public GrantState State { get; private set; }

    /// <summary>The guards have let the request pass.</summary>
    /// <exception cref="InvalidOperationException">They have already, or it has ended.</exception>
    public void Admit() => Move(GrantState.Refused, GrantState.Admitted);

    /// <summary>The endpoint's check has allowed the request.</summary>
    /// <exception cref="InvalidOperationException">The guards have not let it pass, or the handler has begun.</exception>
    public void Allow()
    {
        Move(GrantState.Admitted, GrantState.Admitted);
        _isAllowed = true;
    }

    /// <summary>The handler begins.</summary>
    /// <exception cref="InvalidOperationException">The guards have not let the request pass, its check has not allowed it, or the handler has begun before.</exception>
    public void Grant()
    {
        if (State == GrantState.Admitted && !_isAllowed)
            throw new InvalidOperationException("An elevated handler was reached past its check. The request is refused.");
        Move(GrantState.Admitted, GrantState.Granted);
    }

    /// <summary>It has ended, from wherever it had come to.</summary>
    public void End() => State = GrantState.Ended;

    private void Move(GrantState from, GrantState to)
    {
        if (State != from)
            throw new InvalidOperationException($"An elevated handler was reached past its guards: what is {State} can't become {to}. The request is refused.");
        State = to;
    }
}
