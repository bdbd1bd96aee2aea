using Endpoints.Problems;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Represents the error that a body turned out to be larger than its endpoint allows while it was read.</summary>
internal sealed class BodyTooLargeException() : BadHttpRequestException("The request body is larger than the endpoint accepts.",
    StatusCodes.Status413PayloadTooLarge), IProblemException
{
    public Problem Problem => RequestProblems.BodyTooLarge;
}
