namespace Endpoints.Problems;

/// <summary>An exception that says itself which problem it is for the client, if the endpoint does not handle it.</summary>
internal interface IProblemException
{
    Problem Problem { get; }
}
