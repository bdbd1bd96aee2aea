namespace Endpoints.Problems;

/// <summary>Represents an exception about something that the client sent. It is answered and not reported as a failure.</summary>
internal interface IInputException
{
    /// <summary>Gets the problem that the client is answered with.</summary>
    Problem Problem { get; }
}
