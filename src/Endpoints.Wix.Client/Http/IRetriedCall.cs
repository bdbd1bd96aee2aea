namespace Endpoints.Wix.Http;

/// <summary>Is asked before a request is sent once more.</summary>
internal interface IRetriedCall
{
    /// <summary>Counts that the request is about to be sent once more, because Wix did not answer the last time.</summary>
    /// <exception cref="WixUnavailableException">There have been too many.</exception>
    ValueTask SpendAgainAsync(CancellationToken ct);
}
