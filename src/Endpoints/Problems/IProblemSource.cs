namespace Endpoints.Problems;

/// <summary>Knows what exceptions are to the client that can't say so themselves: those of a library that is used without endpoints as well.</summary>
internal interface IProblemSource
{
    /// <summary>The problem that an exception is for the client; null for one that it does not know.</summary>
    Problem? For(Exception exception);
}
