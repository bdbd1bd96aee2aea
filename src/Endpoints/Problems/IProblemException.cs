namespace Endpoints.Problems;

/// <summary>Represents an exception that provides its own problem for the client, if the endpoint does not handle it.</summary>
internal interface IProblemException
{
    Problem Problem { get; }
}
