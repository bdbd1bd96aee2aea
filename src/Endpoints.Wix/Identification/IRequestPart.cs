namespace Endpoints.Wix.Identification;

/// <summary>What is known of a request beside its caller, by a room that knows more of requests. Ends with the request.</summary>
internal interface IRequestPart
{
    void End();
}
