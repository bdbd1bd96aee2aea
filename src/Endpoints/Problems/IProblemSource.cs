namespace Endpoints.Problems;

/// <summary>
/// Provides the problems of exceptions that can't provide them themselves, such as those of a library that is also used without endpoints.
/// </summary>
internal interface IProblemSource
{
    /// <summary>Returns the problem for an exception, or null if the exception is unknown.</summary>
    Problem? For(Exception exception);
}
