using System.Text.Json;
using Endpoints.Problems;

namespace Endpoints.Handlers;

/// <summary>Represents the error that a cookie of the request isn't the JSON that a handler reads.</summary>
/// <param name="cause">The serializer's exception.</param>
internal sealed class CookieException(JsonException cause)
    : JsonException(cause.Message, cause.Path, cause.LineNumber, cause.BytePositionInLine, cause), IInputException
{
    public Problem Problem => RequestProblems.BadCookie;
}
