using Endpoints.Problems;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Thrown while a body is read that is larger than its endpoint allows.</summary>
internal sealed class BodyTooLargeException() : BadHttpRequestException("The request body is larger than the endpoint takes.", StatusCodes.Status413PayloadTooLarge), IProblemException
{
    public Problem Problem => RequestProblems.BodyTooLarge;
}
