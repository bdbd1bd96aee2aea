namespace Endpoints.Problems;

/// <summary>
/// Represents a request feature with the parts that the handler has added to its response. If the handler fails, they are not sent.
/// </summary>
internal interface IAnswerParts
{
    /// <summary>Discards all parts.</summary>
    void Discard();

    /// <summary>Keeps the parts that exist so far.</summary>
    /// <returns>A delegate that discards all later parts.</returns>
    Action Keep();
}
