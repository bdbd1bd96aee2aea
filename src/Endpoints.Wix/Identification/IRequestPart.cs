namespace Endpoints.Wix.Identification;

/// <summary>
/// Represents the data of a request beyond its caller, from a part of the library that knows more about requests. It ends with the request.
/// </summary>
internal interface IRequestPart
{
    void End();
}
