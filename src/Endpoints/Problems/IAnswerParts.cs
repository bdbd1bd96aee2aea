namespace Endpoints.Problems;

/// <summary>A feature of a request: what its handler has set up to be sent along with its answer. It is dropped when the handler fails and the answer is another.</summary>
internal interface IAnswerParts
{
    /// <summary>Drops it.</summary>
    void Discard();
}
