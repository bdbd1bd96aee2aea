namespace Endpoints.Problems;

/// <summary>A feature of a request: what its handler has set up to be sent along with its answer. When the handler fails, the answer is another and this is not sent.</summary>
internal interface IAnswerParts
{
    /// <summary>Drops all of it.</summary>
    void Discard();

    /// <summary>Keeps what there is so far.</summary>
    /// <returns>Drops what came after that.</returns>
    Action Keep();
}
