using System.Text.Json;

namespace Endpoints.Interop.Tests.Node;

/// <summary>The properties that a JavaScript developer can read from an error of the packages.</summary>
/// <param name="Text">The error as Node prints it.</param>
/// <param name="Message">The message alone.</param>
/// <param name="Status">The HTTP status that the package saw; null when it does not tell.</param>
/// <param name="RequestId">The id to quote to Wix; null when the package does not tell.</param>
/// <param name="Details">Wix's own details; undefined without any.</param>
internal sealed record NodeError(string Text, string Message, int? Status, string? RequestId, JsonElement Details)
{
    public string? Code => Details.ValueKind is JsonValueKind.Object && Details.TryGetProperty("applicationError", out var error)
        ? error.GetProperty("code").ToString()
        : null;
}
